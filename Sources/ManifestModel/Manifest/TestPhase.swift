/// One entry of the `test` section.
package struct TestPhase: Sendable, Hashable {
    /// A file or folder that comes back after the test.
    package struct Artifact: Sendable, Hashable {
        /// The path in the container, relative to /okteto/src.
        package let path: String
        /// Where it goes, relative to the test's context.
        package let destination: String
    }

    /// A further name for the container's /etc/hosts.
    package struct Host: Sendable, Hashable {
        /// The name.
        package let hostname: String
        /// The address, not expanded yet.
        package let address: String
    }

    /// The test's name.
    package let name: Marked<String>
    /// The image to run in, not expanded yet.
    package var image: Marked<String>?
    /// The folder that the test sees, relative to the manifest's root.
    package var context: Marked<String>?
    /// The commands, in order.
    package var commands: [Command] = []
    /// The tests that must succeed before this one.
    package var dependsOn: [Marked<String>] = []
    /// Folders that are kept between runs.
    package var caches: [Marked<String>] = []
    /// What comes back, even after a failure.
    package var artifacts: [Artifact] = []
    /// Names for /etc/hosts.
    package var hosts: [Host] = []
    /// Whether an unchanged context may skip the test.
    package var skipIfNoFileChanges = false
}
