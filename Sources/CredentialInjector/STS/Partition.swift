/// A group of regions with its own domain, and roles of its own.
struct Partition: Sendable, Hashable {
    /// The partition's name in ARNs.
    let name: String
    /// What follows the region in host names.
    let suffix: String
    /// What follows the region in the names of hosts that serve IPv6 too; nil where none is known.
    let dualStackSuffix: String?
    /// The beginnings of the partition's regions, before `-WORD-NUMBER`.
    let prefixes: [String]

    /// The partition of regions that no other claims.
    static let aws = Partition(
        name: "aws",
        suffix: "amazonaws.com",
        dualStackSuffix: "api.aws",
        prefixes: ["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"]
    )

    /// All partitions; no region matches two of them.
    static let all = [
        aws,
        Partition(
            name: "aws-cn",
            suffix: "amazonaws.com.cn",
            dualStackSuffix: "api.amazonwebservices.com.cn",
            prefixes: ["cn"]
        ),
        Partition(name: "aws-us-gov", suffix: "amazonaws.com", dualStackSuffix: "api.aws", prefixes: ["us-gov"]),
        Partition(
            name: "aws-eusc",
            suffix: "amazonaws.eu",
            dualStackSuffix: "api.amazonwebservices.eu",
            prefixes: ["eusc-de"]
        ),
        Partition(name: "aws-iso", suffix: "c2s.ic.gov", dualStackSuffix: "api.aws.ic.gov", prefixes: ["us-iso"]),
        Partition(name: "aws-iso-b", suffix: "sc2s.sgov.gov", dualStackSuffix: "api.aws.scloud", prefixes: ["us-isob"]),
        Partition(name: "aws-iso-e", suffix: "cloud.adc-e.uk", dualStackSuffix: nil, prefixes: ["eu-isoe"]),
        Partition(name: "aws-iso-f", suffix: "csp.hci.ic.gov", dualStackSuffix: nil, prefixes: ["us-isof"]),
    ]

    /// Returns the partition of a region; one that is not known is taken to be of `aws`, as the SDKs do.
    static func of(region: String) -> Partition {
        all.first { partition in partition.prefixes.contains { Self.region(region, follows: $0) } } ?? aws
    }

    /// Returns whether the region is `PREFIX-WORD-NUMBER`.
    private static func region(_ region: String, follows prefix: String) -> Bool {
        guard region.hasPrefix(prefix + "-") else { return false }
        let rest = region.dropFirst(prefix.count + 1).split(separator: "-", omittingEmptySubsequences: false)
        return rest.count == 2 && !rest[0].isEmpty && !rest[1].isEmpty
            && rest[1].utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
