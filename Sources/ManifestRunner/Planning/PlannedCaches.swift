internal import ContainerExec

/// What a test keeps from run to run.
struct PlannedCaches: Sendable, Hashable {
    /// Whose caches they are: the repository, without a login, or the folder.
    let repository: String
    /// The manifest, relative to the repository.
    let manifest: String
    /// The folders, each once.
    let paths: [CachePath]
    /// Whether they are kept; without (`--no-cache`), the folders begin empty and go away with the container.
    let areKept: Bool

    static let none = PlannedCaches(repository: "", manifest: "", paths: [], areKept: true)

    /// Returns the volume of a path.
    func volume(_ path: CachePath, of test: String, number: Int) -> CacheVolume {
        CacheVolume(repository: repository, manifest: manifest, test: test, path: path.absolute, number: number)
    }
}
