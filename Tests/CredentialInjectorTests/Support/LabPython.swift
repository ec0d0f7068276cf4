import FoundationEssentials
import ProcessEnvironment

/// The Python of the lab's AWS CLI, which has botocore; nil when `OKTETO_RUN_LAB_ENV` names none.
enum LabPython {
    private struct Lab: Decodable {
        let awscliBin: String?
    }

    static let path: String? = {
        guard let path = EnvironmentVariables.ofProcess().nonEmpty("OKTETO_RUN_LAB_ENV"),
            let data = FileManager.default.contents(atPath: path),
            let lab = try? JSONDecoder().decode(Lab.self, from: data)
        else { return nil }
        // The folder of the program alone is in that of the virtual environment; Python does not find itself by "..".
        return lab.awscliBin.map { $0.prefix(upTo: $0.lastIndex(of: "/") ?? $0.endIndex) + "/bin/python" }
    }()
}
