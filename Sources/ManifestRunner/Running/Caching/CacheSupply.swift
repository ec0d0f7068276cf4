internal import ContainerExec
internal import ProcessEnvironment

/// Gives a test's container its caches.
///
/// Two runs at once do not share a cache: as with BuildKit's `sharing=private`, which Okteto uses, the second gets one
/// of its own. Which is free is told by locks in the state folder, which go away with whoever holds them, so this holds
/// among one user's runs on one machine; runs of others at the same engine share.
struct CacheSupply: Sendable {
    /// The caches of a container, with the locks that must be held as long as it lives.
    struct Caches: Sendable {
        var mounts: [VolumeMount] = []
        var locks: [FileLock] = []
    }

    /// The most volumes of one cache; a run beyond that has an empty one.
    private static let limit = 32

    let caches: PlannedCaches
    let test: String
    let engine: Engine
    /// Where the locks are; nil where there is no such place.
    let locks: PrivateFolder?
    let reporter: Reporter

    /// Makes the volumes that are not there yet, and returns all.
    ///
    /// - Throws: ``ContainerExecError`` when the engine refuses.
    func open() async throws -> Caches {
        var result = Caches()
        for path in caches.paths {
            guard caches.areKept else {
                result.mounts.append(VolumeMount(name: nil, target: path.absolute))
                continue
            }
            let (number, lock) = try await free(caches.volume(path, of: test, number: 0).family)
            guard number < Self.limit else {
                result.mounts.append(VolumeMount(name: nil, target: path.absolute))
                continue
            }
            let volume = caches.volume(path, of: test, number: number)
            try await engine.createVolume(volume)
            if number > 0 {
                reporter.say(.info, "another run has the cache '\(path.absolute)': this one has cache \(number + 1)")
            }
            result.mounts.append(VolumeMount(name: volume.name, target: path.absolute))
            if let lock { result.locks.append(lock) }
        }
        return result
    }

    /// Finds the first volume of a family that no other run has.
    private func free(_ family: String) async throws -> (number: Int, FileLock?) {
        guard let locks else { return (0, nil) }
        return try await DedicatedThread.run {
            for number in 0..<Self.limit {
                if let lock = try locks.lock("\(family)-\(number).lock") { return (number, lock) }
            }
            return (Self.limit, nil)
        }
    }
}
