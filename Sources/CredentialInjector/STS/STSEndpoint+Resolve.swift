internal import ProcessEnvironment

extension STSEndpoint {
    /// The regions for which the old way, one endpoint for all, may be asked for.
    private static let legacyRegions: Set<String> = [
        "ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "aws-global", "ca-central-1",
        "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2",
        "us-west-1", "us-west-2",
    ]

    /// Returns the endpoint by the rules that all AWS SDKs share: a configured URL, else the region's host.
    ///
    /// A region of nil means `aws-global`.
    ///
    /// - Throws: ``CredentialError`` of kind `settings` when a variable or the region is not usable.
    static func resolve(
        region: String?,
        option: String? = nil,
        environment: EnvironmentVariables
    ) throws(CredentialError) -> Setting<STSEndpoint> {
        let reader = SettingsReader(environment: environment)
        let isIgnored = try isTrue("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", reader)
        let variables = isIgnored ? [] : ["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"]
        let ours = ["OKTETO_RUN_STS_ENDPOINT"]
        if let text = try reader.find(option, "--sts-endpoint", ours + variables) {
            guard let endpoint = STSEndpoint(custom: text.value) else {
                throw CredentialError(
                    .settings,
                    "'\(DisplayText.clean(text.value, limit: 120))' (\(text.origin)) is not a URL that a token may be "
                        + "sent to",
                    nextStep: "give https://HOST[:PORT][/PATH], or http:// for this machine itself; no user, no query"
                )
            }
            return Setting(endpoint, from: text.origin)
        }
        let isLegacy = try isLegacy(reader)
        let usesFIPS = try isTrue("AWS_USE_FIPS_ENDPOINT", reader)
        let usesDualStack = try isTrue("AWS_USE_DUALSTACK_ENDPOINT", reader)
        return Setting(
            try known(region ?? "aws-global", isLegacy: isLegacy, fips: usesFIPS, dualStack: usesDualStack),
            from: .standard
        )
    }

    /// Some SDKs take anything else for false; but whoever asks for FIPS in a way that is not understood should know.
    private static func isTrue(_ variable: String, _ reader: SettingsReader) throws(CredentialError) -> Bool {
        guard let value = reader.environment.nonEmpty(variable)?.lowercased(), value != "false" else { return false }
        guard value == "true" else {
            throw CredentialError(
                .settings,
                "'\(DisplayText.clean(value, limit: 40))' (variable \(variable)) is neither true nor false",
                nextStep: "set it to true or false, or unset it"
            )
        }
        return true
    }

    private static func isLegacy(_ reader: SettingsReader) throws(CredentialError) -> Bool {
        let variable = "AWS_STS_REGIONAL_ENDPOINTS"
        guard let value = reader.environment.nonEmpty(variable)?.lowercased() else { return false }
        guard value == "legacy" || value == "regional" else {
            throw CredentialError(
                .settings,
                "'\(DisplayText.clean(value, limit: 40))' (variable \(variable)) is not a choice of endpoints",
                nextStep: "set it to regional or legacy, or unset it"
            )
        }
        return value == "legacy"
    }

    private static func known(
        _ region: String,
        isLegacy: Bool,
        fips: Bool,
        dualStack: Bool
    ) throws(CredentialError) -> STSEndpoint {
        guard RegionName.isLabel(region) else {
            throw CredentialError(
                .settings,
                "'\(DisplayText.clean(region, limit: 80))' is not a region",
                nextStep: "give letters, digits and hyphens only, as in us-east-2"
            )
        }
        let partition = Partition.of(region: region)
        if !fips && !dualStack && (region == "aws-global" || (isLegacy && legacyRegions.contains(region))) {
            return global
        }
        let suffix = dualStack ? partition.dualStackSuffix : partition.suffix
        guard let suffix else {
            throw CredentialError(
                .settings,
                "no dual-stack STS endpoint is known for region \(region)",
                nextStep: "unset AWS_USE_DUALSTACK_ENDPOINT, or set AWS_ENDPOINT_URL_STS"
            )
        }
        // The endpoints of the US government's partition are all FIPS ones, and have no name of their own for it.
        let isPlainName = !fips || (partition.name == "aws-us-gov" && !dualStack)
        return STSEndpoint(known: "https://\(isPlainName ? "sts" : "sts-fips").\(region).\(suffix)/")
    }
}
