/// The name of the development environment, `OKTETO_NAME`.
package enum EnvironmentName {
    /// Returns the name by Okteto's order: the option, the manifest, the repository's URL, the variable, the folder.
    package static func infer(
        option: String?,
        manifest: String?,
        remoteURL: String?,
        variable: String?,
        folder: String
    ) -> String {
        let repository = remoteURL.flatMap { url -> String? in
            guard let last = url.split(whereSeparator: { $0 == "/" || $0 == ":" }).last else { return nil }
            return last.hasSuffix(".git") ? String(last.dropLast(".git".count)) : String(last)
        }
        let candidates = [option, manifest, repository, variable, folder.split(separator: "/").last.map(String.init)]
        return candidates.lazy.compactMap { $0 }.first { !$0.isEmpty } ?? "okteto"
    }
}
