package import KubernetesClient

/// Which service account's token is asked for, and how the cluster is reached.
package struct KubernetesPlace: Sendable, Hashable {
    /// The context of the kubeconfig, or nil for the current one.
    package var context: String?
    /// The kubeconfig, or nil for those that kubectl would read.
    package var kubeconfig: String?
    /// The service account, or nil for the pod's own.
    package var account: ServiceAccountName?

    /// Creates a place; nil leaves the choice to what is there.
    package init(context: String? = nil, kubeconfig: String? = nil, account: ServiceAccountName? = nil) {
        self.context = context
        self.kubeconfig = kubeconfig
        self.account = account
    }
}
