package import YAMLSource

/// An Okteto manifest.
///
/// The language is the one of Okteto's run-time parser: <https://www.okteto.com/docs/reference/okteto-manifest/>.
package struct Manifest: Sendable, Hashable {
    /// The name of the environment, if the manifest gives one; variables in it are not expanded.
    package let name: Marked<String>?
    /// The icon, if the manifest gives one.
    package let icon: Marked<String>?
    /// The images of `build`, in the order of the file.
    package let builds: [BuildImage]
    /// The repositories of `dependencies`.
    package let dependencies: [Dependency]
    /// The `deploy` section; nil when there is none or it is null.
    package let deploy: Phase?
    /// The `destroy` section; nil when there is none or it is null.
    package let destroy: Phase?
    /// The tests, in the order of the file.
    package let tests: [TestPhase]
    /// The resources of `external`.
    package let externals: [ExternalResource]
    /// The containers of `dev`.
    package let devs: [DevContainer]
    /// The ports of `forward`.
    package let forwards: [ForwardedPort]
    /// The sections that okteto-run checks but does not execute.
    package let sections: [UnexecutedSection]

    /// Creates a manifest.
    package init(
        name: Marked<String>? = nil,
        icon: Marked<String>? = nil,
        builds: [BuildImage] = [],
        dependencies: [Dependency] = [],
        deploy: Phase? = nil,
        destroy: Phase? = nil,
        tests: [TestPhase] = [],
        externals: [ExternalResource] = [],
        devs: [DevContainer] = [],
        forwards: [ForwardedPort] = [],
        sections: [UnexecutedSection] = []
    ) {
        self.name = name
        self.icon = icon
        self.builds = builds
        self.dependencies = dependencies
        self.deploy = deploy
        self.destroy = destroy
        self.tests = tests
        self.externals = externals
        self.devs = devs
        self.forwards = forwards
        self.sections = sections
    }

    /// One notice for each section and key that a run of `phase` passes over.
    package func notices(running phase: PhaseKind) -> [Diagnostic] {
        let keys =
            switch phase {
            case .deploy: deploy?.unexecuted ?? []
            case .destroy: destroy?.unexecuted ?? []
            case .test: [UnexecutedSection]()
            }
        return (sections + keys).map(\.notice).sortedByMark()
    }
}
