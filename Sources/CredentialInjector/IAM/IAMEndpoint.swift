internal import ProcessEnvironment

/// Where IAM is, which has one endpoint for each partition, and the region that its requests are signed for.
struct IAMEndpoint: Sendable, Hashable {
    let endpoint: Setting<STSEndpoint>
    let signingRegion: String

    /// The region of each partition that IAM is in, and the beginning of its host: see "IAM endpoints and quotas" of
    /// the AWS general reference.
    private static let homes: [String: (region: String, host: String)] = [
        "aws": ("us-east-1", "iam"),
        "aws-cn": ("cn-north-1", "iam.cn-north-1"),
        "aws-us-gov": ("us-gov-west-1", "iam.us-gov"),
        "aws-eusc": ("eusc-de-east-1", "iam.eusc-de-east-1"),
        "aws-iso": ("us-iso-east-1", "iam.us-iso-east-1"),
        "aws-iso-b": ("us-isob-east-1", "iam.us-isob-east-1"),
        "aws-iso-e": ("eu-isoe-west-1", "iam.eu-isoe-west-1"),
        "aws-iso-f": ("us-isof-south-1", "iam.us-isof-south-1"),
    ]

    /// Returns the endpoint for a region's partition; nil is a region of `aws`.
    ///
    /// - Throws: ``CredentialError`` of kind `settings` when a URL is not one for signed requests, or no endpoint is
    ///   known of the kind that variables ask for.
    static func resolve(
        region: String?,
        option: String? = nil,
        profile: AWSProfile? = nil,
        environment: EnvironmentVariables
    ) throws(CredentialError) -> IAMEndpoint {
        let partition = region.map { Partition.of(region: $0) } ?? .aws
        let home = homes[partition.name] ?? ("us-east-1", "iam")
        let reader = reader(profile, environment)
        if let endpoint = try configured(option, "--iam-endpoint", service: "iam", profile, environment) {
            // Such a service has the region that it is told, as SDKs do it.
            return IAMEndpoint(endpoint: endpoint, signingRegion: region ?? home.region)
        }
        let host = try host(
            partition,
            home.host,
            fips: try reader.isTrue(.usesFIPS),
            dualStack: try reader.isTrue(.usesDualStack)
        )
        return IAMEndpoint(
            endpoint: Setting(STSEndpoint(known: "https://\(host)/"), from: .standard),
            signingRegion: home.region
        )
    }

    /// Returns the endpoint of a service that an option, a variable or a profile names; nil where none does.
    ///
    /// - Throws: ``CredentialError`` of kind `settings` when it is not one for signed requests.
    static func configured(
        _ option: String?,
        _ name: String,
        service: String,
        _ profile: AWSProfile?,
        _ environment: EnvironmentVariables
    ) throws(CredentialError) -> Setting<STSEndpoint>? {
        let reader = reader(profile, environment)
        let isIgnored = try reader.isTrue(.ignoresEndpoints)
        let variables = isIgnored ? [] : ["AWS_ENDPOINT_URL_\(service.uppercased())", "AWS_ENDPOINT_URL"]
        var text = try reader.find(option, name, variables)
        if text == nil, !isIgnored { text = try profile?.endpoint(of: service) }
        guard let text else { return nil }
        guard let endpoint = STSEndpoint(custom: text.value) else {
            throw CredentialError(
                .settings,
                "'\(DisplayText.clean(text.value, limit: 120))' (\(text.origin)) is not a URL for signed requests",
                nextStep: "give https://HOST[:PORT][/PATH], or http:// for this machine itself"
            )
        }
        return Setting(endpoint, from: text.origin)
    }

    private static func reader(_ profile: AWSProfile?, _ environment: EnvironmentVariables) -> SettingsReader {
        var reader = SettingsReader(environment: environment)
        reader.profile = profile
        return reader
    }

    private static func host(
        _ partition: Partition,
        _ plain: String,
        fips: Bool,
        dualStack: Bool
    ) throws(CredentialError) -> String {
        // All of the US government's are FIPS endpoints.
        let isGovernment = partition.name == "aws-us-gov"
        if dualStack, let suffix = partition.dualStackSuffix {
            if isGovernment { return "iam.us-gov.\(suffix)" }
            if !fips, ["aws", "aws-cn", "aws-eusc"].contains(partition.name) { return "iam.global.\(suffix)" }
            if fips, partition.name == "aws" { return "iam-fips.global.\(suffix)" }
        } else if !dualStack {
            if !fips || isGovernment { return "\(plain).\(partition.suffix)" }
            if ["aws", "aws-iso", "aws-iso-b"].contains(partition.name) {
                return "iam-fips\(plain.dropFirst("iam".count)).\(partition.suffix)"
            }
        }
        throw CredentialError(
            .settings,
            "no endpoint of IAM with \(fips ? "FIPS" : "")\(fips && dualStack ? " and " : "")"
                + "\(dualStack ? "dual stack" : "") is known for partition \(partition.name)",
            nextStep: "unset AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT, or set AWS_ENDPOINT_URL_IAM"
        )
    }
}
