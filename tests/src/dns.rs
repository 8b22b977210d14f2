//! A name server on the loopback address that knows what a test tells it.

use std::net::{IpAddr, UdpSocket};
use std::thread;

use simple_dns::rdata::{A, AAAA, CNAME, RData};
use simple_dns::{CLASS, Name, Packet, PacketFlag, QTYPE, RCODE, ResourceRecord, TYPE};

/// What there is to know of a name.
#[derive(Debug, Clone)]
pub enum Known {
    /// It has these addresses.
    At(Vec<IpAddr>),
    /// It is another name's alias.
    Alias(&'static str),
    /// The server has a problem with it.
    Broken,
    /// The server says nothing.
    Silent,
}

/// A running name server, which ends with the test process.
pub struct NameServer {
    /// `127.0.0.1:PORT`
    pub address: String,
}

impl NameServer {
    /// Starts a server; a name that `*.` stands before is known by any that ends so.
    pub fn start(names: Vec<(&'static str, Known)>) -> NameServer {
        let socket = UdpSocket::bind(("127.0.0.1", 0)).unwrap();
        let address = socket.local_addr().unwrap().to_string();
        thread::spawn(move || {
            let mut query = [0; 512];
            while let Ok((length, client)) = socket.recv_from(&mut query) {
                if let Some(reply) = reply(&query[..length], &names) {
                    let _ = socket.send_to(&reply, client);
                }
            }
        });
        NameServer { address }
    }
}

fn reply(query: &[u8], names: &[(&'static str, Known)]) -> Option<Vec<u8>> {
    let query = Packet::parse(query).unwrap();
    let question = query.questions.first().unwrap();
    let asked = question.qname.to_string();
    let known = names.iter().find(|(name, _)| match name.strip_prefix('*') {
        Some(end) => asked.ends_with(end),
        None => *name == asked,
    });
    let mut reply = Packet::new_reply(query.id());
    reply.set_flags(PacketFlag::RECURSION_AVAILABLE);
    let mut answer = |data| {
        let name = Name::new_unchecked(&asked).into_owned();
        reply
            .answers
            .push(ResourceRecord::new(name, CLASS::IN, 60, data));
    };
    match known {
        None => *reply.rcode_mut() = RCODE::NameError,
        Some((_, Known::Silent)) => return None,
        Some((_, Known::Broken)) => *reply.rcode_mut() = RCODE::ServerFailure,
        Some((_, Known::Alias(to))) => answer(RData::CNAME(CNAME(Name::new(to).unwrap()))),
        Some((_, Known::At(addresses))) => {
            for address in addresses {
                match (address, question.qtype) {
                    (IpAddr::V4(ip), QTYPE::TYPE(TYPE::A)) => {
                        answer(RData::A(A {
                            address: (*ip).into(),
                        }));
                    }
                    (IpAddr::V6(ip), QTYPE::TYPE(TYPE::AAAA)) => {
                        answer(RData::AAAA(AAAA {
                            address: (*ip).into(),
                        }));
                    }
                    _ => {}
                }
            }
        }
    }
    reply.questions.push(question.clone());
    Some(reply.build_bytes_vec().unwrap())
}
