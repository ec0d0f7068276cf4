package import YAMLSource

/// One image of the `build` section; not built by okteto-run.
package struct BuildImage: Sendable, Hashable {
    /// A secret of a build.
    package struct Secret: Sendable, Hashable {
        /// Where a secret comes from.
        package enum Source: Sendable, Hashable {
            /// The file of a path.
            case file(String)
            /// The environment variable of a name.
            case environment(String)
        }

        /// The secret's name.
        package let name: String
        /// Where it comes from.
        package let source: Source
    }

    /// The name: the entry's key.
    package let name: Marked<String>
    /// The folder to build in, variables not expanded; `.` when none is given.
    package let context: String
    /// The Dockerfile, if one is named.
    package let dockerfile: String?
    /// The stage to build, if one is named.
    package let target: String?
    /// What to call the image, if that is said.
    package let image: String?
    /// The build's arguments.
    package let arguments: [NamedText]
    /// The build's secrets.
    package let secrets: [Secret]
    /// The images to take layers from.
    package let cacheFrom: [Marked<String>]
    /// Where to put the cache.
    package let exportCache: [Marked<String>]
    /// The images that must be built before.
    package let dependsOn: [Marked<String>]
}
