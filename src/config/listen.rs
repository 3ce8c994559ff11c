//! Where to listen, and whose word about an address is taken.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::PathBuf,
    str::FromStr,
};

use ipnet::IpNet;

/// Who may connect to a Unix socket where nothing else is said: the server's user and group.
const MODE: u32 = 0o660;

/// Where to listen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listen {
    /// At an address and a port.
    Address(SocketAddr),
    /// At a port, on every address of this machine.
    Everywhere(u16),
    /// At a Unix socket.
    Socket {
        /// Its file.
        path: PathBuf,
        /// Who may connect, as a file's mode.
        mode: u32,
    },
}

/// Not a place to listen at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("listen at 127.0.0.1:8080, :8080 or unix:/run/imprimatur/http.sock")]
pub struct ListenError;

impl Listen {
    /// Whether only this machine can connect.
    #[must_use]
    pub fn is_local(&self) -> bool {
        match self {
            Self::Address(address) => address.ip().is_loopback(),
            Self::Everywhere(_) => false,
            Self::Socket { .. } => true,
        }
    }

    /// How a browser on this machine reaches it, as far as it can.
    #[must_use]
    pub fn url(&self) -> String {
        match self {
            Self::Address(address) if !address.ip().is_unspecified() => format!("http://{address}"),
            Self::Address(address) => format!("http://localhost:{}", address.port()),
            Self::Everywhere(port) => format!("http://localhost:{port}"),
            Self::Socket { .. } => "http://localhost".to_owned(),
        }
    }
}

impl FromStr for Listen {
    type Err = ListenError;

    fn from_str(text: &str) -> Result<Self, ListenError> {
        if let Some(rest) = text.strip_prefix("unix:") {
            let (path, mode) = rest.split_once(",mode=").map_or((rest, Some(MODE)), |(path, mode)| {
                (path, u32::from_str_radix(mode, 8).ok().filter(|mode| *mode <= 0o777))
            });
            let path = PathBuf::from(path);
            let mode = mode.filter(|_| path.is_absolute()).ok_or(ListenError)?;
            return Ok(Self::Socket { path, mode });
        }
        match text.strip_prefix(':') {
            Some(port) => port.parse().map(Self::Everywhere).or(Err(ListenError)),
            None => text.parse().map(Self::Address).or(Err(ListenError)),
        }
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => write!(f, "{address}"),
            Self::Everywhere(port) => write!(f, ":{port}"),
            Self::Socket { path, .. } => write!(f, "unix:{}", path.display()),
        }
    }
}

/// The proxies in front, whose word is taken for whom they ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies {
    networks: Vec<IpNet>,
    /// Whether that holds for what comes over a Unix socket.
    socket: bool,
}

/// Not a list of proxies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("proxies are addresses and networks such as 127.0.0.1, 10.0.0.0/8, ::1, and unix, with commas between")]
pub struct ProxiesError;

impl Proxies {
    /// Whether the word of who connects from here is taken; nowhere is a Unix socket.
    #[must_use]
    pub fn trust(&self, from: Option<IpAddr>) -> bool {
        from.map_or(self.socket, |from| {
            let from = from.to_canonical();
            self.networks.iter().any(|network| network.contains(&from))
        })
    }
}

impl FromStr for Proxies {
    type Err = ProxiesError;

    fn from_str(text: &str) -> Result<Self, ProxiesError> {
        let mut proxies = Self::default();
        for part in text.split([',', ' ']).filter(|part| !part.is_empty()) {
            match part {
                "unix" => proxies.socket = true,
                "loopback" => {
                    proxies.networks.extend([IpAddr::V6(Ipv6Addr::LOCALHOST).into(), loopback()]);
                }
                _ => proxies.networks.push(network(part).ok_or(ProxiesError)?),
            }
        }
        Ok(proxies)
    }
}

fn loopback() -> IpNet {
    IpNet::new_assert(IpAddr::V4(Ipv4Addr::LOCALHOST), 8)
}

fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_to_listen_is_an_address_a_port_or_a_socket() {
        for (text, url) in [
            ("127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("[::1]:0", "http://[::1]:0"),
            ("0.0.0.0:80", "http://localhost:80"),
            (":8080", "http://localhost:8080"),
            ("unix:/run/imprimatur/http.sock", "http://localhost"),
        ] {
            let listen: Listen = text.parse().unwrap();
            assert_eq!((listen.to_string().as_str(), listen.url().as_str()), (text, url));
        }
        let open: Listen = "unix:/run/x.sock,mode=666".parse().unwrap();
        assert_eq!(open, Listen::Socket { path: "/run/x.sock".into(), mode: 0o666 });
        for text in
            ["", "8080", "localhost:8080", ":x", "unix:", "unix:http.sock", "unix:/x,mode=9", "unix:/x,mode=7777"]
        {
            assert_eq!(text.parse::<Listen>(), Err(ListenError), "{text}");
        }
    }

    #[test]
    fn proxies_are_known_by_their_networks() {
        let proxies: Proxies = "10.0.0.0/8, 2001:db8::/32,192.0.2.7, unix".parse().unwrap();
        let from = |text: &str| Some(text.parse::<IpAddr>().unwrap());
        for trusted in ["10.1.2.3", "::ffff:10.1.2.3", "2001:db8::7", "192.0.2.7"] {
            assert!(proxies.trust(from(trusted)), "{trusted}");
        }
        for strange in ["11.1.2.3", "192.0.2.8", "2001:db9::7", "127.0.0.1"] {
            assert!(!proxies.trust(from(strange)), "{strange}");
        }
        assert!(proxies.trust(None) && !Proxies::default().trust(None));
        let here: Proxies = "loopback".parse().unwrap();
        assert!(here.trust(from("127.0.0.1")) && here.trust(from("::1")) && !here.trust(from("10.0.0.1")));
        for text in ["10.0.0.0/33", "proxy.example.org", "10.0.0.0/8;::1"] {
            assert_eq!(text.parse::<Proxies>(), Err(ProxiesError), "{text}");
        }
    }
}
