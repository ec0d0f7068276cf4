internal import ContainerExec

/// Removes tests' caches (`okteto-run prune --caches`).
struct CachePruning: Sendable {
    let engine: Engine
    let reporter: Reporter
    let dryRun: Bool

    /// Removes all that no container has, and says how much that freed.
    ///
    /// - Throws: ``ContainerExecError`` when the engine fails.
    func run() async throws {
        let caches = try await engine.cacheVolumes()
        guard !caches.isEmpty else { return reporter.say(.success, "no caches at \(engine.summary)") }
        // An engine that cannot tell sizes removes volumes all the same.
        let sizes = (try? await engine.volumeSizes()) ?? [:]
        var removed = 0
        var freed: Int64 = 0
        var isKnown = true
        for cache in caches {
            guard try await remove(cache) else {
                reporter.say(.warning, "kept \(cache.title): a container has it")
                continue
            }
            let size = sizes[cache.name]
            removed += 1
            freed += size ?? 0
            if size == nil { isKnown = false }
            let text = size.map { ", \(ByteCount.text($0))" } ?? ""
            reporter.say(.info, "\(dryRun ? "would remove" : "removed") \(cache.title)\(text)")
        }
        let amount = isKnown ? ByteCount.text(freed) : "at least \(ByteCount.text(freed))"
        let what = "\(removed) cache\(removed == 1 ? "" : "s")"
        reporter.say(
            .success,
            dryRun ? "would remove \(what) and free \(amount)" : "removed \(what) and freed \(amount)"
        )
    }

    private func remove(_ cache: VolumeSummary) async throws -> Bool {
        if dryRun { return true }
        return try await engine.removeVolume(cache.name)
    }
}
