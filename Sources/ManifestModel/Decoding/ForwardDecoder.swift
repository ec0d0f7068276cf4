internal import YAMLSource

/// Decodes forwarded ports, of `forward` and of dev containers.
enum ForwardDecoder {
    static func decode(_ node: YAMLNode) -> ForwardedPort? {
        if let text = node.text {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard let first = parts.first, let last = parts.last, parts.count == 2 || parts.count == 3,
                let local = Int(first), let remote = Int(last)
            else { return nil }
            let service = parts.count == 3 ? String(parts[1]) : nil
            return ForwardedPort(localPort: local, remotePort: remote, service: service, mark: node.mark)
        }
        guard case .mapping = node.content else { return nil }
        return ForwardedPort(
            localPort: node.integer("localPort") ?? 0,
            remotePort: node.integer("remotePort") ?? 0,
            service: node.text("name"),
            labels: node.pairs("labels"),
            mark: node.mark
        )
    }
}
