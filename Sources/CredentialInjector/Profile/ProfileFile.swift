internal import ProcessEnvironment

/// One of the two files in which the AWS tools look for profiles, read and taken apart.
struct ProfileFile: Sendable, Hashable {
    /// The largest file that is read, in bytes.
    static let limit = 1 << 20

    /// The path, whether there is a file or not.
    let path: String
    /// The sections; none where there is no file.
    let sections: [INISection]
    /// Whether everybody may change the file.
    let isWritableByAll: Bool

    /// Reads the file at `path`.
    ///
    /// One that does not exist counts as empty, as with all AWS tools; `/dev/null` is how people switch a file off.
    ///
    /// - Throws: ``CredentialError`` of code `settings` when it is there and cannot be read or is malformed.
    static func read(_ path: String) throws(CredentialError) -> ProfileFile {
        guard path != "/dev/null" else { return ProfileFile(path: path, sections: [], isWritableByAll: false) }
        var file: RegularFile
        do throws(RegularFileError) {
            file = try RegularFile.read(path, limit: limit)
        } catch {
            guard error != .missing else { return ProfileFile(path: path, sections: [], isWritableByAll: false) }
            throw CredentialError(
                .settings,
                "the AWS configuration file \(DisplayText.clean(path)) \(error.reason)",
                nextStep: "correct it, or name another with AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE"
            )
        }
        defer { Cleanser.cleanse(&file.bytes) }
        return ProfileFile(
            path: path,
            sections: try INIReader.read(file.bytes, path: path),
            isWritableByAll: file.isWritableByOthers(group: false)
        )
    }
}
