internal import ArgumentParser

/// Options of Okteto's that need its platform: accepted, so that scripts go on working, and said to do nothing.
struct PlatformOptions: ParsableArguments {
    @Flag(help: .hidden) var noBuild = false
    @Flag(help: .hidden) var dependencies = false
    @Flag(help: .hidden) var remote = false
    @Flag(name: [.customLong("wait"), .customShort("w")], help: .hidden) var wait = false
    @Option(name: [.customLong("context"), .customShort("c")], help: .hidden) var context: String?

    /// The ones that were given, as they are written.
    var given: [String] {
        [
            noBuild ? "--no-build" : nil, dependencies ? "--dependencies" : nil, remote ? "--remote" : nil,
            wait ? "--wait" : nil, context == nil ? nil : "--context",
        ].compactMap { $0 }
    }
}
