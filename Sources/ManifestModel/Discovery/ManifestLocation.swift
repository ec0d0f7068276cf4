/// Where a manifest is.
package struct ManifestLocation: Sendable, Hashable {
    /// The path by which the file is opened.
    package let path: String
    /// The path as the user would write it, for messages.
    package let shownPath: String
    /// The folder to which every other path of the manifest is relative.
    package let root: String
}
