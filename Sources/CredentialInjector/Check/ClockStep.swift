internal import FoundationEssentials

/// Compares this machine's clock with the one of a server.
enum ClockStep {
    /// Returns the step; `name` is who told the time, which is nil where nobody did.
    static func step(now: Date, server: Date?, of name: String) -> CheckStep {
        guard let server else { return CheckStep("clock", .skipped, "no server has told its time") }
        let offset = Int(min(max(now.timeIntervalSince(server), -1e9), 1e9).rounded())
        let facts = [
            CheckFact("this machine", ServiceTime.text(now)), CheckFact(name, ServiceTime.text(server)),
        ]
        let size = abs(offset) == 1 ? "1 second" : "\(abs(offset)) seconds"
        guard abs(offset) > ClockSkew.warning else {
            return CheckStep("clock", .passed, "differs by \(size) from that of \(name)", facts: facts)
        }
        return CheckStep(
            "clock",
            .warning,
            "this machine is \(size) \(offset > 0 ? "ahead of" : "behind") \(name)",
            facts: facts,
            nextStep: "set the clock: AWS refuses signed requests that are 300 seconds off"
        )
    }
}
