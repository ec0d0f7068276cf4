internal import ArgumentParser

@main
struct OktetoRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "okteto-run")
}
