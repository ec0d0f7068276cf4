/// Under which names a setting may be set, in the order in which they count; `docs/settings.md` has them as a table.
struct SettingNames: Sendable, Hashable {
    /// The option, with its dashes; nil where there is none.
    let option: String?
    /// The variables of the SDKs, the first before the second.
    let variables: [String]
    /// The field of the user's credential settings, below `spec`.
    let field: String?
    /// The key of a profile of the AWS tools.
    let key: String?
    /// Whether the value is a path: in a file of the user's it must be absolute, because a relative one would be looked
    /// up in the folder of the repository.
    let isPath: Bool
    /// Whether there may be several values: in a variable between white space or commas, in the field also as a list.
    let isList: Bool

    private init(
        _ option: String?,
        _ variables: [String] = [],
        field: String? = nil,
        key: String? = nil,
        isPath: Bool = false,
        isList: Bool = false
    ) {
        self.option = option
        self.variables = variables
        self.field = field
        self.key = key
        self.isPath = isPath
        self.isList = isList
    }

    /// okteto-run's own variable, which is named after the option.
    var ownVariable: String? {
        option.map { option in
            let name = option.drop { $0 == "-" }.uppercased().map { $0 == "-" ? "_" : $0 }
            return "OKTETO_RUN_" + String(name)
        }
    }

    static let role = SettingNames("--role-arn", ["AWS_ROLE_ARN"], field: "roleARN", key: "role_arn")
    static let region = SettingNames(
        "--region",
        ["AWS_REGION", "AWS_DEFAULT_REGION"],
        field: "region",
        key: "region"
    )
    static let audience = SettingNames("--audience", field: "audience")
    static let expectedIssuer = SettingNames("--expected-issuer", field: "expectedIssuer")
    static let expectedSubject = SettingNames("--expected-subject", field: "expectedSubject")
    static let tokenFile = SettingNames(
        "--token-file",
        ["AWS_WEB_IDENTITY_TOKEN_FILE"],
        field: "tokenFile",
        key: "web_identity_token_file",
        isPath: true
    )
    static let tokenEnvironment = SettingNames("--token-env", field: "tokenEnv")
    static let tokenCommand = SettingNames("--token-command", field: "tokenCommand")
    static let tokenSource = SettingNames("--token-source", field: "tokenSource")
    static let serviceAccount = SettingNames("--service-account", field: "serviceAccount")
    static let kubeconfig = SettingNames("--kubeconfig", field: "kubeconfig", isPath: true)
    static let kubeContext = SettingNames("--kube-context", field: "kubeContext")
    static let sessionName = SettingNames(
        "--session-name",
        ["AWS_ROLE_SESSION_NAME"],
        field: "sessionName",
        key: "role_session_name"
    )
    static let duration = SettingNames("--duration", field: "duration", key: "duration_seconds")
    static let sessionPolicy = SettingNames("--session-policy", field: "sessionPolicy")
    static let policyARNs = SettingNames("--policy-arn", field: "policyARNs", isList: true)
    static let allowedAccounts = SettingNames("--allowed-account", field: "allowedAccounts", isList: true)
    static let endpoint = SettingNames(
        "--sts-endpoint",
        ["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"],
        field: "stsEndpoint",
        key: "endpoint_url"
    )
    static let regionalEndpoints = SettingNames(
        nil,
        ["AWS_STS_REGIONAL_ENDPOINTS"],
        key: "sts_regional_endpoints"
    )
    static let usesFIPS = SettingNames(nil, ["AWS_USE_FIPS_ENDPOINT"], key: "use_fips_endpoint")
    static let usesDualStack = SettingNames(nil, ["AWS_USE_DUALSTACK_ENDPOINT"], key: "use_dualstack_endpoint")
    static let ignoresEndpoints = SettingNames(
        nil,
        ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"],
        key: "ignore_configured_endpoint_urls"
    )
    static let authorities = SettingNames(
        nil,
        ["AWS_CA_BUNDLE"],
        field: "caBundle",
        key: "ca_bundle",
        isPath: true
    )
    static let attempts = SettingNames(nil, ["AWS_MAX_ATTEMPTS"], key: "max_attempts")
    static let profile = SettingNames("--profile", ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"])
    static let configuration = SettingNames("--credentials-config")

    /// All settings of an exchange, in the order of the documentation.
    static let all = [
        role, region, audience, expectedIssuer, expectedSubject, tokenFile, tokenEnvironment, tokenCommand, tokenSource,
        serviceAccount, kubeconfig, kubeContext, sessionName, duration, sessionPolicy, policyARNs, allowedAccounts,
        endpoint, regionalEndpoints, usesFIPS, usesDualStack, ignoresEndpoints, authorities, attempts, profile,
        configuration,
    ]
}
