extension RunStep {
    /// The step as a line that says what is waited for.
    var title: String {
        switch self {
        case .connect: "connecting to the engine"
        case .credentials: "getting credentials"
        case .pull: "pulling the image"
        case .start: "starting the container"
        case .upload: "copying the workspace"
        case .artifacts: "bringing the artifacts"
        }
    }
}
