//! The name of a key.

/// The name of a key, which may be quoted, and what follows its delimiter.
pub(in crate::sops::ini) fn key_name(line: &str) -> Result<(String, &str), &'static str> {
    let quote = if line.len() > 6 && line.starts_with("\"\"\"") {
        "\"\"\""
    } else if line.starts_with('"') {
        "\""
    } else if line.starts_with('`') {
        "`"
    } else {
        let end = line.find(['=', ':']).ok_or("it has no equals sign")?;
        if end == 0 {
            return Err("it has no name");
        }
        return Ok((line[..end].trim().to_owned(), &line[end + 1..]));
    };
    let inner = &line[quote.len()..];
    let end = inner
        .find(quote)
        .ok_or("the quote of its name is not closed")?;
    if inner[..end].trim().is_empty() {
        return Err("it has no name");
    }
    let rest = &inner[end + quote.len()..];
    let delimiter = rest.find(['=', ':']).ok_or("it has no equals sign")?;
    Ok((inner[..end].trim().to_owned(), &rest[delimiter + 1..]))
}
