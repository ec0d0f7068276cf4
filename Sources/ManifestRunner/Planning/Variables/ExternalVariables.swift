internal import ManifestModel
internal import ProcessEnvironment
internal import YAMLSource

/// The variables that Okteto makes of the addresses of external resources.
enum ExternalVariables {
    /// Returns `OKTETO_EXTERNAL_NAME_ENDPOINTS_ENDPOINT_URL` for every endpoint whose address is known, with its place.
    ///
    /// - Throws: ``ManifestModelError`` when a name or an address cannot be expanded.
    static func make(
        _ resources: [ExternalResource],
        path: String,
        expander: VariableExpander
    ) throws(ManifestModelError) -> LayeredVariables {
        var result = LayeredVariables()
        for resource in resources {
            for endpoint in resource.endpoints {
                guard let written = endpoint.url else { continue }
                let url = try expander.expand(written)
                guard !url.isEmpty else { continue }
                let name = try expander.expand(endpoint.name.value)
                let variable = "OKTETO_EXTERNAL_\(part(resource.name.value))_ENDPOINTS_\(part(name))_URL"
                guard isName(variable) else { continue }
                result.add([variable: url], from: .file(path, line: endpoint.name.mark.line))
            }
        }
        return result
    }

    private static func part(_ name: String) -> String {
        name.uppercased().replacing("-", with: "_").replacing(" ", with: "_")
    }

    /// Whether a shell can use the name; of others nothing could be made.
    private static func isName(_ name: String) -> Bool {
        name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "_")
        }
    }
}
