/// The name of an image as a manifest has it: `amazon/aws-cli`, `registry:5000/team/tool:1.2`, `tool@sha256:…`.
///
/// The grammar is that of https://github.com/distribution/reference; what has neither tag nor digest means `latest`,
/// and what has no registry means Docker Hub.
package struct ImageReference: Sendable, Hashable, CustomStringConvertible {
    /// The registry's host with its port, or nil when the name has none.
    package let registry: String?
    /// The name within the registry as it was written.
    package let repository: String
    /// The tag, or nil.
    package let tag: String?
    /// The digest, `sha256:` and 64 digits, or nil.
    package let digest: String?

    /// Creates the reference that `text` means.
    ///
    /// - Throws: ``ContainerExecError`` with the code `imageNotFound` when it is not an image's name.
    package init(_ text: String) throws(ContainerExecError) {
        func invalid(_ why: String) -> ContainerExecError {
            ContainerExecError(
                .imageNotFound,
                "'\(EngineText.printable(text))' is not the name of an image: \(why)",
                hint: "write it as NAME, NAME:TAG or REGISTRY/NAME:TAG"
            )
        }
        var rest = text[...]
        if let at = rest.firstIndex(of: "@") {
            let digest = String(rest[rest.index(after: at)...])
            guard Self.isDigest(digest) else { throw invalid("what follows '@' is no digest") }
            self.digest = digest
            rest = rest[..<at]
        } else {
            digest = nil
        }
        let lastSlash = rest.lastIndex(of: "/")
        if let colon = rest.lastIndex(of: ":"), lastSlash.map({ $0 < colon }) ?? true {
            let tag = String(rest[rest.index(after: colon)...])
            guard Self.isTag(tag) else { throw invalid("what follows ':' is no tag") }
            self.tag = tag
            rest = rest[..<colon]
        } else {
            tag = nil
        }
        if let slash = rest.firstIndex(of: "/"), Self.isHost(rest[..<slash]) {
            let host = String(rest[..<slash])
            guard let first = host.first, first.isLetter || first.isNumber || first == "[",
                host.utf8.allSatisfy({ Self.isWord($0) || "-.:[]".utf8.contains($0) || 65...90 ~= $0 })
            else {
                throw invalid("its registry has characters that no host has")
            }
            registry = host
            rest = rest[rest.index(after: slash)...]
        } else {
            registry = nil
        }
        guard !rest.isEmpty else { throw invalid("it is empty") }
        guard rest.utf8.count <= 255 else { throw invalid("it is too long") }
        guard !rest.contains(where: \.isUppercase) else { throw invalid("it has capital letters") }
        guard rest.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({ Self.isComponent($0) }) else {
            throw invalid("between slashes stand lower-case letters and digits, joined by '.', '_' or '-'")
        }
        repository = String(rest)
    }

    /// The registry that serves the image.
    package var host: String { registry ?? "docker.io" }

    /// The name without tag and digest, with the registry when it was written.
    package var name: String { registry.map { "\($0)/\(repository)" } ?? repository }

    /// What tells the version: the digest if there is one, else the tag, else `latest`.
    package var version: String { digest ?? tag ?? "latest" }

    /// The name without tag and digest that no engine can take for another: `docker.io/library/busybox`.
    package var qualifiedName: String {
        switch host {
        case "docker.io", "index.docker.io":
            "docker.io/" + (repository.contains("/") ? repository : "library/\(repository)")
        default:
            name
        }
    }

    /// The whole reference by its qualified name.
    package var qualified: String { qualifiedName + suffix }

    /// The whole reference by the name as it was written, with the tag `latest` where there was none.
    package var description: String { name + suffix }

    private var suffix: String {
        switch (tag, digest) {
        case (let tag?, let digest?): ":\(tag)@\(digest)"
        case (nil, let digest?): "@\(digest)"
        case (let tag, nil): ":\(tag ?? "latest")"
        }
    }

    private static func isHost(_ text: Substring) -> Bool {
        text == "localhost" || text.contains(".") || text.contains(":") || text.contains(where: \.isUppercase)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        97...122 ~= byte || 48...57 ~= byte
    }

    /// Lower-case letters and digits, joined by one point, one or two underscores or any number of hyphens.
    private static func isComponent(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, isWord(first), isWord(last) else { return false }
        return text.utf8.split(whereSeparator: isWord).allSatisfy { joint in
            let joint = String(decoding: Array(joint), as: UTF8.self)
            return joint == "." || joint == "_" || joint == "__" || joint.allSatisfy { $0 == "-" }
        }
    }

    private static func isTag(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 128, first != 45, first != 46 else { return false }
        return text.utf8.allSatisfy { isWord($0) || 65...90 ~= $0 || "_.-".utf8.contains($0) }
    }

    private static func isDigest(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, ["sha256": 64, "sha384": 96, "sha512": 128][parts[0]] == parts[1].utf8.count else {
            return false
        }
        return parts[1].utf8.allSatisfy { 48...57 ~= $0 || 97...102 ~= $0 }
    }
}
