extension Reporter {
    /// How often a line of a log tells how far it is, and how often an object does.
    private static let linePause = Duration.seconds(10)
    private static let objectPause = Duration.seconds(1)
    /// How often the line on a terminal is drawn, which is also how long nothing is shown at first.
    private static let framePause = Duration.milliseconds(100)

    /// Runs `work` and shows how far it is: on a terminal as one line that is gone afterwards, else by lines.
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
        let isLive = hasLiveLine
        if !isLive, silence == .zero { say(.info, title) }
        // Behind the group, whose end the task that draws does not outlive.
        defer { if isLive { clearLiveLine() } }
        let value = try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work(handle) }
            group.addTask { [self] in
                if silence > .zero {
                    guard (try? await Task.sleep(for: silence)) != nil else { return nil }
                    if !isLive { say(.info, title) }
                }
                let pause = isLive ? Self.framePause : format == .json ? Self.objectPause : Self.linePause
                var shown = ProgressState()
                while (try? await Task.sleep(for: pause)) != nil {
                    let state = handle.state
                    let elapsed = clock.now - start
                    if isLive {
                        drawLiveLine { columns in
                            ProgressLine.text(title: title, state: state, elapsed: elapsed, columns: columns)
                        }
                    } else if format != .json || state != shown {
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
        guard clock.now - start >= silence else { return value }
        let state = handle.state
        let summary = state.summary.isEmpty ? "" : " (\(state.summary))"
        say(.info, "\(done) in \(RunTime.text(clock.now - start))\(summary)", details: Self.details(state))
        return value
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
