/// The tags of YAML's own types, in full.
enum YAMLTag {
    static let prefix = "tag:yaml.org,2002:"
    static let null = prefix + "null"
    static let bool = prefix + "bool"
    static let merge = prefix + "merge"
    static let binary = prefix + "binary"
    /// The tags that change nothing about a text.
    static let harmless: Set<String> = Set(
        ["str", "null", "bool", "int", "float", "timestamp", "seq", "map", "merge"].map { prefix + $0 }
    ).union(["!"])
}
