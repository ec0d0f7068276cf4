internal import ArgumentParser
internal import ContainerExec

/// A platform as `--platform` has it: `linux/arm64`, `linux/arm/v7`.
struct PlatformArgument: ExpressibleByArgument, Sendable, Hashable {
    let platform: ImagePlatform

    init?(argument: String) {
        guard let platform = ImagePlatform(argument) else { return nil }
        self.platform = platform
    }
}
