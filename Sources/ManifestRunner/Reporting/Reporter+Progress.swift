extension Reporter {
    /// How often a line of a log tells how far it is, and how often an object does.
    private static let linePause = Duration.seconds(10)
    private static let objectPause = Duration.seconds(1)

    /// Runs `work` and shows how far it is: on a terminal in the live view, else by lines.
    ///
    /// `title` says what is done (`pulling busybox`) and `done` what has been (`pulled busybox`). A line at the end
    /// tells the time and what `work` told last. Work that is done within `silence` is not shown at all. When `work` throws, that is for the caller to show.
    ///
    /// - Throws: what `work` throws.
    func progress<Value: Sendable>(
        _ title: String,
        done: String,
        silence: Duration = .zero,
        _ work: @escaping @Sendable (ProgressHandle) async throws -> Value
    ) async throws -> Value {
        let handle = ProgressHandle()
        let clock = ContinuousClock()
        let start = clock.now
        let value: Value
        if let live {
            let id = live.begin(Activity(title: title, phase: phase, handle: handle, start: start, silence: silence))
            defer { live.end(id) }
            value = try await work(handle)
        } else {
            if silence == .zero { say(.info, title) }
            value = try await tellingByLines(title, handle, silence: silence, work)
        }
        guard clock.now - start >= silence else { return value }
        let state = handle.state
        let summary = state.summary.isEmpty ? "" : " (\(state.summary))"
        say(.info, "\(done) in \(RunTime.text(clock.now - start))\(summary)", details: Self.details(state))
        return value
    }

    private func tellingByLines<Value: Sendable>(
        _ title: String,
        _ handle: ProgressHandle,
        silence: Duration,
        _ work: @escaping @Sendable (ProgressHandle) async throws -> Value
    ) async throws -> Value {
        let clock = ContinuousClock()
        let start = clock.now
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work(handle) }
            group.addTask { [self] in
                if silence > .zero {
                    guard (try? await Task.sleep(for: silence)) != nil else { return nil }
                    say(.info, title)
                }
                let pause = format == .json ? Self.objectPause : Self.linePause
                var shown = ProgressState()
                while (try? await Task.sleep(for: pause)) != nil {
                    let state = handle.state
                    let elapsed = clock.now - start
                    if format != .json || state != shown {
                        shown = state
                        sayProgress(title, state, elapsed)
                    }
                }
                return nil
            }
            while let next = try await group.next() {
                guard let next else { continue }
                group.cancelAll()
                return next
            }
            throw CancellationError()
        }
    }

    private func sayProgress(_ title: String, _ state: ProgressState, _ elapsed: Duration) {
        let facts = (state.summary.isEmpty ? [] : [state.summary]) + [RunTime.text(elapsed)]
        say(.info, "\(title): \(facts.joined(separator: ", "))", details: Self.details(state))
    }

    private static func details(_ state: ProgressState) -> [(key: String, json: String)] {
        guard state != ProgressState() else { return [] }
        let total = state.totalBytes.map { [(key: "totalBytes", json: "\($0)")] } ?? []
        return [(key: "detail", json: JSONLine.quote(state.detail)), (key: "bytes", json: "\(state.bytes)")] + total
    }
}
