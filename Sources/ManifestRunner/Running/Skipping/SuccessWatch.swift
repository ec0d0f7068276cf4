internal import ContainerExec
internal import FoundationEssentials
internal import ProcessEnvironment

/// A test that runs, and what it was given, which is kept if it succeeds.
struct SuccessWatch: Sendable {
    let name: String
    /// What was kept before.
    let record: SuccessRecord?
    /// The files just before the test began.
    let files: ContentListing
    /// The image's identifier at the engine; nil where the image was not there.
    let image: String?
    let key: Secret
    let scan: ContentScan
    let gate: SkipGate
    private let began = Int64(Date().timeIntervalSince1970)

    init(
        name: String,
        record: SuccessRecord?,
        files: ContentListing,
        image: String?,
        key: Secret,
        scan: ContentScan,
        gate: SkipGate
    ) {
        self.name = name
        self.record = record
        self.files = files
        self.image = image
        self.key = key
        self.scan = scan
        self.gate = gate
    }

    /// Waits until the workspace has been copied, and returns whether the files are still those that were looked at: the
    /// container has them, then, and not what somebody wrote meanwhile.
    func isUntouched(after copied: AsyncStream<Void>) async -> Bool {
        for await _ in copied {}
        guard files.isStable, gate.phase.workspace == .copy else { return files.isStable }
        return await isSame()
    }

    /// Keeps what the test was given, once it has succeeded.
    ///
    /// What cannot be kept is said, and no failure: the test runs again then.
    func succeeded(isUntouched: Bool) async {
        do {
            guard isUntouched, case .container(let image) = gate.phase.place,
                let after = try await gate.engine.inspectImage(image)?.id, self.image == nil || self.image == after
            else { return await forget() }
            // Commands change a folder that is mounted, and so may others meanwhile; what came of that was not tested.
            if gate.phase.workspace == .mount, await !isSame(exceptOutputs: true) { return await forget() }
            let inputs = try gate.inputs(image: after, key: key)
            try await DedicatedThread.runUntilStopped { stop in
                let files = try withOutputs(stop)
                let record = SuccessRecord(date: began, hasFailedSince: false, inputs: inputs, files: files)
                try gate.store.save(record, to: name)
            }
        } catch is CancellationError {
            // The run is being stopped; the test runs again.
        } catch {
            gate.reporter.say(.warning, "what \(gate.phase.kind) was given cannot be kept: \(error)")
        }
    }

    /// Makes sure that the test runs next time.
    func failed() async {
        guard var record, !record.hasFailedSince else { return }
        record.hasFailedSince = true
        let kept = record
        do {
            try await DedicatedThread.run { try gate.store.save(kept, to: name) }
        } catch {
            gate.store.folder.remove(name)
        }
    }

    /// What the container had is not known for certain; what was kept before may still be true.
    private func forget() async {
        gate.reporter.say(.info, "\(gate.phase.kind) will run again: its files or its image changed while it ran")
    }

    private func isSame(exceptOutputs: Bool = false) async -> Bool {
        let now = try? await DedicatedThread.runUntilStopped { try scan.run(known: files, stop: $0) }
        guard let now, now.isStable, now.sum == files.sum else { return false }
        return exceptOutputs || now.outputSum == files.outputSum
    }

    /// The files as they were before, and the outputs as they are now.
    private func withOutputs(_ stop: StopFlag) throws -> ContentListing {
        let outputs = PhaseOutputs(gate.phase)
        guard !outputs.isEmpty else { return files }
        let inner = scan.filter
        let narrow = ContentScan(
            folder: scan.folder,
            filter: { path, isFolder in
                outputs.contains(path) || isFolder && outputs.isAbove(path) ? inner(path, isFolder) : .exclude
            },
            isOutput: scan.isOutput,
            makeDigester: scan.makeDigester
        )
        let now = try narrow.run(known: files, stop: stop)
        var entries: [ContentEntry]?
        if let before = files.entries, let after = now.entries {
            entries = before.filter { !$0.isOutput } + after.filter(\.isOutput)
        }
        return ContentListing(entries: entries, sum: files.sum, outputSum: now.outputSum)
    }
}
