/// A private registry of Amazon ECR, known by its host's name.
package struct ECRRegistry: Sendable, Hashable {
    /// The account that the registry belongs to: 12 digits.
    package let account: String
    /// The region that it is in.
    package let region: String
    let isFIPS: Bool
    /// Whether its host has addresses of IPv6 too.
    let isDualStack: Bool

    /// Creates the registry of a host; nil when the host is not one of ECR.
    ///
    /// That is `ACCOUNT.dkr.ecr[-fips].REGION.amazonaws.com`, or the domain of another partition, and
    /// `ACCOUNT.dkr-ecr[-fips].REGION.on.aws` where it serves IPv6 too. A look-alike must not get a token, so the
    /// domain has to be the one of the region's partition.
    package init?(host: String) {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard labels.count >= 5, labels[0].utf8.count == 12, labels[0].utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
            return nil
        }
        account = labels[0]
        let rest: ArraySlice<String>
        switch (labels[1], labels[2]) {
        case ("dkr", "ecr"), ("dkr", "ecr-fips"):
            isFIPS = labels[2] == "ecr-fips"
            isDualStack = false
            rest = labels[3...]
        case ("dkr-ecr", _), ("dkr-ecr-fips", _):
            isFIPS = labels[1] == "dkr-ecr-fips"
            isDualStack = true
            rest = labels[2...]
        default: return nil
        }
        guard let region = rest.first, RegionName.isValid(region) else { return nil }
        self.region = region
        let partition = Partition.of(region: region)
        let domain = rest.dropFirst().joined(separator: ".")
        guard domain == (isDualStack ? Self.dualStackDomain(partition) : partition.suffix) else { return nil }
    }

    /// The URL of the API that gives out logins, without a configured endpoint; nil where none is known.
    var apiURL: String? {
        let partition = Partition.of(region: region)
        guard isDualStack else {
            return "https://\(isFIPS ? "ecr-fips" : "api.ecr").\(region).\(partition.suffix)/"
        }
        return partition.dualStackSuffix.map { "https://\(isFIPS ? "ecr-fips" : "ecr").\(region).\($0)/" }
    }

    private static func dualStackDomain(_ partition: Partition) -> String? {
        switch partition.name {
        case "aws", "aws-us-gov": "on.aws"
        case "aws-cn": "on.amazonwebservices.com.cn"
        case "aws-eusc": "on.amazonwebservices.eu"
        default: nil
        }
    }
}
