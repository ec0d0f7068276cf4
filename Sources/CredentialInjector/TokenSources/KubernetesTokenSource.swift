internal import KubernetesClient
package import ProcessEnvironment

/// A token that a cluster's API server issues for one of its service accounts: the subject of Okteto's guide.
package struct KubernetesTokenSource: IdentityTokenSource {
    private let place: KubernetesPlace
    private let audience: String
    private let environment: EnvironmentVariables
    private let pod: PodServiceAccount
    /// Shared by all copies of this source, and so by the exchanges of a run.
    private let plugins = ExecPluginCache()

    /// Creates a source that asks for tokens of one audience.
    package init(
        place: KubernetesPlace,
        audience: String,
        environment: EnvironmentVariables,
        podFolder: String = PodServiceAccount.standardFolder
    ) {
        self.place = place
        self.audience = audience
        self.environment = environment
        pod = PodServiceAccount(environment: environment, folder: podFolder)
    }

    package var name: String { TokenSourceDescription.kubernetes(place).description }

    package func fetch() async throws(CredentialError) -> Secret {
        try await acquire().token
    }

    package func acquire() async throws(CredentialError) -> AcquiredToken {
        do throws(KubernetesError) {
            do throws(KubernetesError) {
                return try await request()
            } catch {
                // As kubectl does it: what a plug-in gave may have been revoked before its time.
                guard error.code == .unauthenticated, plugins.forget() else { throw error }
                return try await request()
            }
        } catch {
            throw CredentialError(error)
        }
    }

    private func request() async throws(KubernetesError) -> AcquiredToken {
        let connection = try await connection()
        guard let account = place.account ?? connection.ownAccount else {
            throw KubernetesError(
                .configuration,
                "no service account is named whose token to request (\(connection.name))",
                nextStep: "set --service-account NAMESPACE/NAME or OKTETO_RUN_SERVICE_ACCOUNT, as in okteto/okteto"
            )
        }
        let token = try await ClusterClient(connection).token(of: account, audience: audience)
        return AcquiredToken(token, warnings: connection.warnings, secrets: connection.secrets)
    }

    /// A kubeconfig that was named, else the pod's own service account, else the kubeconfig that kubectl would read.
    private func connection() async throws(KubernetesError) -> ClusterConnection {
        let isNamed = place.kubeconfig != nil || place.context != nil || environment.nonEmpty("KUBECONFIG") != nil
        if !isNamed, environment.nonEmpty("KUBERNETES_SERVICE_HOST") != nil {
            do {
                let pod = pod
                if let found = try await DedicatedThread.run({ pod.isThere ? try pod.connection() : nil }) {
                    return found
                }
            } catch let error as KubernetesError {
                throw error
            } catch {
                throw KubernetesError(.credentials, "the files of the pod's service account cannot be read: \(error)")
            }
        }
        let files = KubeConfigFiles(named: place.kubeconfig, environment: environment)
        let way = KubeConfigConnection(
            files: files,
            context: place.context,
            environment: environment,
            plugins: plugins
        )
        return try await way.connection()
    }
}

extension CredentialError {
    /// What an error of the cluster means for credentials.
    init(_ error: KubernetesError) {
        let code: Code =
            switch error.code {
            case .configuration: .settings
            case .unreachable: .temporary
            case .untrusted: .transport
            case .cancelled: .cancelled
            default: .tokenSource
            }
        self.init(
            code,
            DisplayText.clean(error.message, limit: 1000),
            details: error.details.map { DisplayText.clean($0, limit: 1200) },
            nextStep: error.nextStep.map { DisplayText.clean($0, limit: 500) }
        )
    }
}
