internal import KubernetesClient

/// The files by which a token source is found; a test has its own.
package struct TokenSurroundings: Sendable, Hashable {
    /// Where the kubelet puts the files of a pod's service account.
    package var podFolder: String
    /// Where the firmware says what machine this is.
    package var productNameFile: String

    /// Creates the places of a real system.
    package init(
        podFolder: String = PodServiceAccount.standardFolder,
        productNameFile: String = "/sys/class/dmi/id/product_name"
    ) {
        self.podFolder = podFolder
        self.productNameFile = productNameFile
    }
}
