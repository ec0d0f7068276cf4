internal import ArgumentParser

/// A number of things that run at once: from 1 to 1000.
struct JobsArgument: ExpressibleByArgument, Sendable, Hashable {
    let count: Int

    init?(argument: String) {
        guard let count = Int(argument), 1...1000 ~= count else { return nil }
        self.count = count
    }
}
