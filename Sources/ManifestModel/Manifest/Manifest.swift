/// An Okteto manifest: what a run executes, and what else it holds.
package struct Manifest: Sendable, Hashable {
    /// The development environment's name.
    package var name: Marked<String>?
    /// The `deploy` section, or nil.
    package var deploy: Phase?
    /// The `destroy` section, or nil.
    package var destroy: Phase?
    /// The tests, in the order of the file.
    package var tests: [TestPhase] = []
    /// The sections that need Okteto's platform (`build`, `dependencies`, `dev`, …), which a run leaves out.
    package var platformSections: [Marked<String>] = []
}
