/// The `deploy` or the `destroy` section.
package struct Phase: Sendable, Hashable {
    /// The image to run in, not expanded yet.
    package var image: Marked<String>?
    /// `remote`: true asks for a container even without an image.
    package var remote: Bool?
    /// The working directory, relative to the manifest's root.
    package var context: Marked<String>?
    /// The commands, in order.
    package var commands: [Command] = []
    /// The keys that need Okteto's platform (`compose`, `endpoints`, `divert`), which a run leaves out.
    package var platformKeys: [Marked<String>] = []
    /// Where the section begins.
    package var mark: SourceMark
}
