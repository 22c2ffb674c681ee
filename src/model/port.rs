//! Ports of the host that Compose files publish, as something that can be compared and not read.

use super::project::Binding;

/// A port of the host. It has no `Display` or `Debug`, because it is a part of a value.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Port {
    number: u16,
    address: Box<str>,
    protocol: Box<str>,
}

/// The ports of the host that `binding`, the `ports` of a service, publishes; ranges and variables are left out.
pub fn published(binding: &Binding<'_>) -> Vec<Port> {
    let path = binding.key();
    let is_ports =
        binding.source.format == "compose" && path.starts_with("services.") && path.ends_with(".ports");
    let text = binding.value().filter(|_| is_ports).map(|value| value.text());
    text.map(in_list).unwrap_or_default()
}

/// Compact JSON: `["127.0.0.1:8000:80/udp"]`, or `[{"target":80,"published":8000}]`.
fn in_list(text: &str) -> Vec<Port> {
    let items = text.split(['[', ']', '{', '}', ',']).map(|item| item.replace('"', ""));
    items.filter_map(|item| in_item(item.trim())).collect()
}

fn in_item(item: &str) -> Option<Port> {
    let (item, protocol) = item.split_once('/').unwrap_or((item, "tcp"));
    let (host, inside) = item.rsplit_once(':')?;
    let (address, number) = match host {
        "published" => ("", inside),
        _ => host.rsplit_once(':').unwrap_or(("", host)),
    };
    let address = if address == "0.0.0.0" { "" } else { address };
    Some(Port {
        number: number.parse().ok().filter(|n| *n > 0)?,
        address: address.into(),
        protocol: protocol.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_ports_are_read_in_both_spellings() {
        let numbers = |text: &str| in_list(text).iter().map(|port| port.number).collect::<Vec<_>>();
        for (text, expected) in [
            ("[\"8000:80\",\"127.0.0.1:9000:90/udp\"]", &[8000, 9000][..]),
            ("[{\"target\":80,\"published\":8001,\"mode\":\"host\"}]", &[8001]),
            ("[\"80\",80]", &[]),
            ("[\"${PORT:-1}:80\",\"3000-3005:3000-3005\"]", &[]),
            ("[\"99999:80\",\"0:80\",\":::\",\"\"]", &[]),
        ] {
            assert_eq!(numbers(text), expected, "{text}");
        }
        assert!(in_list("[\"0.0.0.0:1:1\"]") == in_list("[\"1:2\"]"));
        assert!(in_list("[\"127.0.0.1:1:1\"]") != in_list("[\"1:1/udp\"]"));
    }
}
