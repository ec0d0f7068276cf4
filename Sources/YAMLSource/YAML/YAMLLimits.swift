/// The bounds within which YAML is read; libyaml has none of its own.
package enum YAMLLimits {
    /// The largest text, in bytes.
    package static let bytes = 1 << 20
    /// The deepest nesting of collections: libyaml takes quadratic time in it.
    package static let depth = 64
    /// The most nodes, each alias counted as all that it stands for.
    package static let nodes = 100_000
    /// The most lines that begin with `%`: libyaml compares every directive with all before it.
    package static let directives = 1000
}
