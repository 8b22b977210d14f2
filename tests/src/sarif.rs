//! What the SARIF 2.1.0 schema demands of the parts that are written here, and code scanning beyond it.
//!
//! See <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::collections::BTreeSet;

use serde_json::Value;

/// What is wrong with a log, a line each.
pub fn problems(log: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    let mut demand = |holds: bool, what: &str| {
        if !holds {
            problems.push(what.to_owned());
        }
    };
    demand(log["version"] == "2.1.0", "version is 2.1.0");
    demand(
        log["$schema"]
            .as_str()
            .is_some_and(|uri| uri.starts_with("https://")),
        "$schema is a URI",
    );
    let runs = log["runs"].as_array().map_or(&[][..], Vec::as_slice);
    demand(runs.len() == 1, "one run");
    for run in runs {
        let driver = &run["tool"]["driver"];
        demand(is_text(&driver["name"]), "a driver has a name");
        let rules = list(&driver["rules"]);
        let ids: Vec<&str> = rules
            .iter()
            .filter_map(|rule| rule["id"].as_str())
            .collect();
        demand(ids.len() == rules.len(), "each rule has an id");
        demand(
            ids.iter().collect::<BTreeSet<_>>().len() == ids.len(),
            "no rule is there twice",
        );
        for rule in rules {
            for field in ["shortDescription", "fullDescription", "help"] {
                demand(
                    is_text(&rule[field]["text"]),
                    &format!("{field} of a rule has text"),
                );
            }
            let uri = rule["helpUri"].as_str();
            demand(
                uri.is_some_and(|uri| uri.starts_with("https://")),
                "helpUri is a URI",
            );
        }
        let points_at = |id: &Value, index: &Value| {
            let at = index.as_u64().and_then(|at| usize::try_from(at).ok());
            at.and_then(|at| ids.get(at))
                .is_some_and(|found| id == found)
        };
        for invocation in list(&run["invocations"]) {
            demand(
                invocation["executionSuccessful"].is_boolean(),
                "an invocation says whether it went well",
            );
            demand(invocation["exitCode"].is_u64(), "an exit code is a number");
            for told in list(&invocation["toolExecutionNotifications"]) {
                demand(is_level(&told["level"]), "a notification has a level");
                demand(is_text(&told["message"]["text"]), "a notification has text");
                let rule = &told["associatedRule"];
                demand(
                    points_at(&rule["id"], &rule["index"]),
                    "a notification points at its rule",
                );
            }
        }
        demand(run["results"].is_array(), "results are a list");
        for result in list(&run["results"]) {
            demand(is_text(&result["message"]["text"]), "a result has text");
            demand(is_level(&result["level"]), "a result has a level");
            demand(
                points_at(&result["ruleId"], &result["ruleIndex"]),
                "a result points at its rule",
            );
            let prints = result["partialFingerprints"].as_object();
            demand(
                prints.is_some_and(|prints| !prints.is_empty() && prints.values().all(is_text)),
                "a result has fingerprints of text",
            );
            for location in list(&result["locations"]) {
                let place = &location["physicalLocation"];
                if place.is_null() {
                    demand(
                        !list(&location["logicalLocations"]).is_empty(),
                        "a location is somewhere",
                    );
                    continue;
                }
                let uri = place["artifactLocation"]["uri"]
                    .as_str()
                    .unwrap_or_default();
                demand(is_relative(uri), &format!("a URI is relative: {uri}"));
                let base = place["artifactLocation"]["uriBaseId"]
                    .as_str()
                    .unwrap_or_default();
                demand(
                    run["originalUriBaseIds"][base].is_object(),
                    "a base of URIs is told",
                );
                let line = &place["region"]["startLine"];
                let from_one = line.as_u64().is_some_and(|line| line > 0);
                demand(place["region"].is_null() || from_one, "lines count from 1");
            }
        }
    }
    problems
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty())
}

fn is_level(value: &Value) -> bool {
    ["none", "note", "warning", "error"]
        .iter()
        .any(|level| value == level)
}

/// Of characters that URIs may have, and neither from a root nor out of the tree.
fn is_relative(uri: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte);
    !uri.is_empty()
        && uri.bytes().all(allowed)
        && !uri.starts_with('/')
        && uri.split('/').all(|part| !part.is_empty() && part != "..")
}
