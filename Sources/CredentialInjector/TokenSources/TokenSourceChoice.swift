internal import FoundationEssentials
internal import KubernetesClient
internal import ProcessEnvironment

/// Finds where the identity token comes from: as configured, else the first that is there in a fixed order.
///
/// The order is that of `docs/tokens/README.md`: what belongs to the job comes before what belongs to the machine.
struct TokenSourceChoice {
    let options: CredentialOptions
    let reader: SettingsReader
    let surroundings: TokenSurroundings

    private var environment: EnvironmentVariables { reader.environment }

    private enum Kind {
        case file, variable, command, name, cluster
    }

    private typealias Named = (kind: Kind, setting: Setting<String>)

    /// Returns the source that an option or a variable names, or nil where none does.
    ///
    /// - Throws: ``CredentialError`` when two are named at one level, or one that cannot be.
    func configured() throws(CredentialError) -> Setting<TokenSourceDescription>? {
        let given = try level { option, names throws(CredentialError) in
            try reader.find(option, names.option ?? "", [])
        }
        if let named = try only(given), named.setting.value != "auto" || named.kind != .name {
            return try described(named)
        }
        // What the command line leaves to be found is not what our variables name either.
        if given.isEmpty {
            let variables = try level { _, names throws(CredentialError) in try reader.given(nil, names) }
            if let named = try only(variables), named.setting.value != "auto" || named.kind != .name {
                return try described(named)
            }
            if let file = try reader.standard(.tokenFile) { return try described((.file, file)) }
            let fields = try level { _, names throws(CredentialError) in try reader.configured(names) }
            if variables.isEmpty, let named = try only(fields), named.setting.value != "auto" || named.kind != .name {
                return try described(named)
            }
        }
        let standard = try reader.standard(.tokenFile)
        let file = standard == nil ? try reader.profiled(.tokenFile) : standard
        return try file.map { setting throws(CredentialError) in try described((.file, setting)) }
    }

    /// What one level names: the command line, our variables, or the user's credential settings.
    private func level(
        _ find: (String?, SettingNames) throws(CredentialError) -> Setting<String>?
    ) throws(CredentialError) -> [Named] {
        let candidates: [(Kind, String?, SettingNames)] = [
            (.file, options.tokenFile, .tokenFile),
            (.variable, options.tokenEnvironment, .tokenEnvironment),
            (.command, options.tokenCommand, .tokenCommand),
            (.name, options.tokenSource, .tokenSource),
            (.cluster, options.serviceAccount, .serviceAccount),
            (.cluster, options.kubeconfig, .kubeconfig),
            (.cluster, options.kubeContext, .kubeContext),
        ]
        var result: [Named] = []
        for (kind, option, names) in candidates {
            guard let setting = try find(option, names) else { continue }
            // The three of a cluster belong together.
            if kind != .cluster || result.last?.kind != .cluster { result.append((kind, setting)) }
        }
        return result
    }

    /// Returns the one that a level names; a cluster's settings also say more of a source that is named.
    private func only(_ level: [Named]) throws(CredentialError) -> Named? {
        var found = level
        if let name = level.first(where: { $0.kind == .name })?.setting.value,
            level.contains(where: { $0.kind == .cluster })
        {
            if name == "auto" { found.removeAll { $0.kind == .name } }
            if name == TokenSourceName.kubernetes.rawValue { found.removeAll { $0.kind == .cluster } }
        }
        guard found.count <= 1 else {
            throw CredentialError(
                .settings,
                "more than one token source: " + found.map { "\($0.setting.origin)" }.joined(separator: ", "),
                nextStep: "give one of them"
            )
        }
        return found.first
    }

    private func described(_ named: Named) throws(CredentialError) -> Setting<TokenSourceDescription> {
        let setting = named.setting
        return Setting(try description(setting, named.kind), from: setting.origin)
    }

    private func description(_ setting: Setting<String>, _ kind: Kind) throws(CredentialError) -> TokenSourceDescription
    {
        switch kind {
        case .file: return .file(path: setting.value)
        case .variable: return .environment(name: setting.value)
        case .cluster: return .kubernetes(try kubernetesPlace())
        case .command:
            guard let words = ShellWords.split(setting.value), !words.isEmpty else {
                throw CredentialError(
                    .settings,
                    "the token command (\(setting.origin)) is empty, or has a quote or backslash without its end",
                    nextStep: "quote words as in a shell; to use one, give sh -c '…'"
                )
            }
            return .command(words)
        case .name:
            guard let name = TokenSourceName(rawValue: setting.value) else {
                throw CredentialError(
                    .settings,
                    "'\(DisplayText.clean(setting.value, limit: 40))' (\(setting.origin)) is not a token source",
                    nextStep: "choose one of: auto, "
                        + TokenSourceName.allCases.map(\.rawValue).joined(separator: ", ")
                )
            }
            return try source(named: name, setting.origin)
        }
    }

    /// A source that was named must be there; the cluster and the metadata server show only when they are asked.
    private func source(
        named name: TokenSourceName,
        _ origin: SettingOrigin
    ) throws(CredentialError) -> TokenSourceDescription {
        switch name {
        case .kubernetes: return .kubernetes(try kubernetesPlace())
        case .gcp: return .google
        default: break
        }
        switch try sighting(of: name) {
        case .there(let description, _): return description
        case .incomplete(let error): throw error
        case .absent(let what):
            throw CredentialError(
                .settings,
                "the token source '\(name.rawValue)' (\(origin)) is not there: \(what)",
                nextStep: "choose another, or leave the choice to --token-source auto"
            )
        }
    }

    /// Returns the first source that is there.
    ///
    /// - Throws: ``CredentialError`` that lists what was looked for, when none is.
    func automatic(role: String) throws(CredentialError) -> Setting<TokenSourceDescription> {
        var seen = ["--token-file, --token-env, --token-command, AWS_WEB_IDENTITY_TOKEN_FILE: not set"]
        for name in TokenSourceName.allCases {
            switch try sighting(of: name) {
            case .there(let description, let by): return Setting(description, from: .found(by))
            case .incomplete(let error): throw error
            case .absent(let what): seen.append("\(name.rawValue): \(what)")
            }
        }
        throw CredentialError(
            .settings,
            "the role \(role) is configured, but no identity token to assume it with was found",
            details: seen,
            nextStep: "set --token-file, --token-env, --token-command or --token-source (or OKTETO_RUN_TOKEN_FILE, "
                + "OKTETO_RUN_TOKEN_ENV, OKTETO_RUN_TOKEN_COMMAND, OKTETO_RUN_TOKEN_SOURCE, "
                + "AWS_WEB_IDENTITY_TOKEN_FILE); with a cluster, --service-account NAMESPACE/NAME"
        )
    }

    private func kubernetesPlace() throws(CredentialError) -> KubernetesPlace {
        var place = KubernetesPlace()
        place.context = try reader.find(options.kubeContext, .kubeContext)?.value
        place.kubeconfig = try reader.find(options.kubeconfig, .kubeconfig)?.value
        if let setting = try reader.find(options.serviceAccount, .serviceAccount) {
            guard let account = ServiceAccountName(setting.value) else {
                throw CredentialError(
                    .settings,
                    "'\(DisplayText.clean(setting.value, limit: 120))' (\(setting.origin)) is not a service account",
                    nextStep: "give it as NAMESPACE/NAME, as in okteto/okteto"
                )
            }
            place.account = account
        }
        return place
    }

    private func sighting(of name: TokenSourceName) throws(CredentialError) -> TokenSighting {
        switch name {
        case .github: actions("GITHUB_ACTIONS")
        case .forgejo: actions("FORGEJO_ACTIONS")
        case .buildkite: buildkite()
        case .circleci: circleCI()
        case .bitbucket: bitbucket()
        case .gitlab: gitLab()
        case .kubernetes: pod()
        case .gcp: google()
        }
    }

    private func isSet(_ variables: String...) -> Bool {
        variables.allSatisfy { environment.nonEmpty($0) != nil }
    }

    private func actions(_ marker: String) -> TokenSighting {
        if isSet("ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN") {
            return .there(.actions, by: "ACTIONS_ID_TOKEN_REQUEST_URL is set")
        }
        guard reader.isTrue(marker) else { return .absent("\(marker) and ACTIONS_ID_TOKEN_REQUEST_URL are not set") }
        return .incomplete(ActionsTokenSource.permissionIsMissing)
    }

    private func buildkite() -> TokenSighting {
        guard reader.isTrue("BUILDKITE") || isSet("BUILDKITE_JOB_ID") else {
            return .absent("BUILDKITE and BUILDKITE_JOB_ID are not set")
        }
        return .there(.buildkite, by: "BUILDKITE is set")
    }

    private func circleCI() -> TokenSighting {
        if isSet("CIRCLE_OIDC_TOKEN_V2") { return .there(.circleCI, by: "CIRCLE_OIDC_TOKEN_V2 is set") }
        if isSet("CIRCLE_OIDC_TOKEN") { return .there(.circleCI, by: "CIRCLE_OIDC_TOKEN is set") }
        // Where the job has none, its program may get one for the audience that is configured.
        guard reader.isTrue("CIRCLECI") else { return .absent("CIRCLECI and CIRCLE_OIDC_TOKEN_V2 are not set") }
        return .there(.circleCI, by: "CIRCLECI is set")
    }

    private func bitbucket() -> TokenSighting {
        if isSet("BITBUCKET_STEP_OIDC_TOKEN") { return .there(.bitbucket, by: "BITBUCKET_STEP_OIDC_TOKEN is set") }
        guard isSet("BITBUCKET_BUILD_NUMBER") else {
            return .absent("BITBUCKET_BUILD_NUMBER and BITBUCKET_STEP_OIDC_TOKEN are not set")
        }
        return .incomplete(
            CredentialError(
                .tokenSource,
                "this step of Bitbucket Pipelines has no identity token: BITBUCKET_STEP_OIDC_TOKEN is not set",
                nextStep: "give the step 'oidc: true' in bitbucket-pipelines.yml"
            )
        )
    }

    private func gitLab() -> TokenSighting {
        guard reader.isTrue("GITLAB_CI") else { return .absent("GITLAB_CI is not set") }
        return .there(.gitLab, by: "GITLAB_CI is set")
    }

    private func pod() -> TokenSighting {
        let pod = PodServiceAccount(environment: environment, folder: surroundings.podFolder)
        guard pod.isThere else {
            let isReachable = KubeConfigFiles(named: nil, environment: environment).areThere
            return .absent(
                "no --service-account is named, and this is no pod (KUBERNETES_SERVICE_HOST, and the file "
                    + "\(surroundings.podFolder)/token)"
                    + (isReachable ? "; a kubeconfig is there, so that naming a service account is enough" : "")
            )
        }
        return .there(.kubernetes(KubernetesPlace()), by: "KUBERNETES_SERVICE_HOST is set, and the pod has a token")
    }

    private func google() -> TokenSighting {
        if isSet("GCE_METADATA_HOST") { return .there(.google, by: "GCE_METADATA_HOST is set") }
        // The way of Google's own libraries: the firmware's name of the machine, which asks no network.
        let bytes = (try? RegularFile.read(surroundings.productNameFile, limit: 4096).bytes) ?? []
        guard String(decoding: bytes, as: UTF8.self).hasPrefix("Google") else {
            return .absent(
                "GCE_METADATA_HOST is not set, and \(surroundings.productNameFile) does not say Google"
            )
        }
        return .there(.google, by: "\(surroundings.productNameFile) says Google")
    }
}
