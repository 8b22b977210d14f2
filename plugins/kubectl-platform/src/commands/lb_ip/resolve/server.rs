//! A name server that is asked itself, rather than whatever this machine would ask.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, UdpSocket};
use std::str::FromStr;
use std::time::Duration;

use simple_dns::rdata::RData;
use simple_dns::{CLASS, Name, Packet, PacketFlag, QCLASS, QTYPE, Question, RCODE, TYPE};

/// The port of name servers.
const PORT: u16 = 53;

/// How long one answer may take; a question may get lost, so it is asked twice.
const PATIENCE: Duration = Duration::from_secs(2);
const TRIES: usize = 2;

/// How many aliases are followed that the server does not follow itself.
const ALIASES: usize = 8;

/// The longest answer by UDP.
const DATAGRAM: usize = 4096;

/// The address of a name server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct NameServer(SocketAddr);

impl FromStr for NameServer {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let with_port = text.parse::<SocketAddr>();
        let alone = || text.parse::<IpAddr>().map(|ip| SocketAddr::new(ip, PORT));
        with_port
            .or_else(|_| alone())
            .map(Self)
            .map_err(|_| "write it as IP or IP:PORT".to_owned())
    }
}

/// What a server says of one type of a name's records.
struct Answer {
    addresses: Vec<IpAddr>,
    /// Where the name leads, if not to an address.
    alias: Option<String>,
}

impl NameServer {
    /// The addresses of a name: none where it does not exist, nothing where the server does not tell.
    pub(super) fn addresses(self, name: &str) -> Option<BTreeSet<IpAddr>> {
        let mut all = BTreeSet::new();
        for r#type in [TYPE::A, TYPE::AAAA] {
            let mut name = name.to_owned();
            for _ in 0..ALIASES {
                let answer = self.ask(&name, r#type)?;
                all.extend(&answer.addresses);
                match answer.alias {
                    Some(alias) if answer.addresses.is_empty() => name = alias,
                    _ => break,
                }
            }
        }
        Some(all)
    }

    fn ask(self, name: &str, r#type: TYPE) -> Option<Answer> {
        let id = RandomState::new().build_hasher().finish().to_le_bytes();
        let mut packet = Packet::new_query(u16::from_le_bytes([id[0], id[1]]));
        packet.set_flags(PacketFlag::RECURSION_DESIRED);
        // No name server knows a name that cannot be asked for.
        let Ok(asked) = Name::new(name) else {
            return Some(Answer {
                addresses: Vec::new(),
                alias: None,
            });
        };
        let question = Question::new(asked, QTYPE::TYPE(r#type), QCLASS::CLASS(CLASS::IN), false);
        packet.questions.push(question);
        let query = packet.build_bytes_vec().ok()?;
        let datagram = (0..TRIES).find_map(|_| self.by_datagram(&query).ok())?;
        let reply = Packet::parse(&datagram).ok()?;
        if !reply.has_flags(PacketFlag::TRUNCATION) {
            return read(&reply, packet.id());
        }
        let whole = self.by_stream(&query).ok()?;
        read(&Packet::parse(&whole).ok()?, packet.id())
    }

    fn by_datagram(self, query: &[u8]) -> io::Result<Vec<u8>> {
        let any: IpAddr = match self.0 {
            SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
            SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
        };
        let socket = UdpSocket::bind((any, 0))?;
        // From here on only the server is heard.
        socket.connect(self.0)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        socket.send(query)?;
        let mut answer = vec![0; DATAGRAM];
        let length = socket.recv(&mut answer)?;
        answer.truncate(length);
        Ok(answer)
    }

    fn by_stream(self, query: &[u8]) -> io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect_timeout(&self.0, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let length = u16::try_from(query.len()).map_err(io::Error::other)?;
        stream.write_all(&length.to_be_bytes())?;
        stream.write_all(query)?;
        let mut length = [0; 2];
        stream.read_exact(&mut length)?;
        let mut answer = vec![0; u16::from_be_bytes(length).into()];
        stream.read_exact(&mut answer)?;
        Ok(answer)
    }
}

/// What a reply tells, if it is one to the question and no refusal.
fn read(reply: &Packet<'_>, id: u16) -> Option<Answer> {
    let is_told = matches!(reply.rcode(), RCODE::NoError | RCODE::NameError);
    if reply.id() != id || !reply.has_flags(PacketFlag::RESPONSE) || !is_told {
        return None;
    }
    let mut answer = Answer {
        addresses: Vec::new(),
        alias: None,
    };
    for record in &reply.answers {
        match &record.rdata {
            RData::A(found) => answer.addresses.push(Ipv4Addr::from(found.address).into()),
            RData::AAAA(found) => answer.addresses.push(Ipv6Addr::from(found.address).into()),
            RData::CNAME(found) => answer.alias = Some(found.0.to_string()),
            _ => {}
        }
    }
    Some(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_an_address_with_or_without_a_port() {
        let server = |text: &str| {
            text.parse::<NameServer>()
                .map(|server| server.0.to_string())
        };
        assert_eq!(server("192.0.2.53"), Ok("192.0.2.53:53".to_owned()));
        assert_eq!(server("192.0.2.53:5353"), Ok("192.0.2.53:5353".to_owned()));
        assert_eq!(server("2001:db8::53"), Ok("[2001:db8::53]:53".to_owned()));
        assert_eq!(
            server("[2001:db8::53]:5353"),
            Ok("[2001:db8::53]:5353".to_owned())
        );
        assert!(server("dns.almckay.io").is_err());
    }
}
