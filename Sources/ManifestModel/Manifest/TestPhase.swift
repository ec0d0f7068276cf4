package import YAMLSource

/// One entry of the `test` section.
package struct TestPhase: Sendable, Hashable {
    /// The name: the entry's key.
    package let name: Marked<String>
    /// The image to run in, variables not expanded; nil when none is given or it is empty.
    package let image: Marked<String>?
    /// The folder that the test gets a copy of, relative to the manifest's root; `.` when none is given.
    package let context: String
    /// The commands in order; there is at least one.
    package let commands: [Command]
    /// The tests that must have run before.
    package let dependsOn: [Marked<String>]
    /// The folders whose content is kept from run to run.
    package let caches: [Marked<String>]
    /// What comes back from the test.
    package let artifacts: [Artifact]
    /// The additional host names of the test's container.
    package let hosts: [HostDeclaration]
    /// Whether an unchanged test may be passed over.
    package let skipIfNoFileChanges: Bool

    /// Creates a test.
    package init(
        name: Marked<String>,
        image: Marked<String>? = nil,
        context: String = ".",
        commands: [Command],
        dependsOn: [Marked<String>] = [],
        caches: [Marked<String>] = [],
        artifacts: [Artifact] = [],
        hosts: [HostDeclaration] = [],
        skipIfNoFileChanges: Bool = false
    ) {
        self.name = name
        self.image = image
        self.context = context
        self.commands = commands
        self.dependsOn = dependsOn
        self.caches = caches
        self.artifacts = artifacts
        self.hosts = hosts
        self.skipIfNoFileChanges = skipIfNoFileChanges
    }
}
