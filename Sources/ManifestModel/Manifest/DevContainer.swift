package import YAMLSource

/// One container of the `dev` section, as far as a reader may ask; not started by okteto-run.
///
/// What only Kubernetes reads (affinity, resources, probes and the like) is checked, and not kept.
package struct DevContainer: Sendable, Hashable {
    /// The name: the entry's key.
    package let name: Marked<String>
    /// The image, if one is named; variables are not expanded here.
    package let image: Marked<String>?
    /// The command, in one text or in parts.
    package let command: [Marked<String>]
    /// The working directory, if one is named.
    package let workdir: String?
    /// `sync`, which is the default, or `hybrid`.
    package let mode: String
    /// The folders that are kept the same, as `here:there`.
    package let sync: [Marked<String>]
    /// The container's variables; one without value has the caller's.
    package let environment: [NamedText]
    /// The ports that are forwarded from this machine.
    package let forward: [ForwardedPort]
    /// The ports that are forwarded to this machine, as `there:here`.
    package let reverse: [Marked<String>]
    /// The folders that are kept from run to run.
    package let volumes: [Marked<String>]
    /// The files to put into the container, as `here:there:mode`.
    package let secrets: [Marked<String>]
    /// The labels that select the deployment.
    package let selector: [NamedText]
    /// The names of the further deployments that get the same folders.
    package let services: [Marked<String>]
    /// Whether a deployment is created where there is none.
    package let isAutocreated: Bool
}
