/// What the docker program's configuration says about contexts.
///
/// See https://docs.docker.com/engine/manage-resources/contexts/.
enum DockerContext {
    private struct Configuration: Decodable {
        let currentContext: String?
    }

    private struct Metadata: Decodable {
        struct Endpoints: Decodable {
            let docker: Endpoint?
        }

        struct Endpoint: Decodable {
            let host: String?

            enum CodingKeys: String, CodingKey {
                case host = "Host"
            }
        }

        let endpoints: Endpoints?

        enum CodingKeys: String, CodingKey {
            case endpoints = "Endpoints"
        }
    }

    /// Returns the name of the current context in the bytes of `config.json`; nil for no file or no such key.
    ///
    /// A file that is no JSON is none of our business: the docker program warns about it and goes on, too.
    static func current(in file: [UInt8]?) -> String? {
        guard let file, let configuration = try? JSON.decode(Configuration.self, from: file) else { return nil }
        return configuration.currentContext
    }

    /// Returns the host in the bytes of a context's `meta.json`, or nil when it has none for docker.
    static func host(in file: [UInt8], origin: String) throws(ContainerExecError) -> String? {
        guard let metadata = try? JSON.decode(Metadata.self, from: file) else {
            throw ContainerExecError(
                .engineUnavailable,
                "\(origin) cannot be read: its meta.json is not what docker writes",
                hint: "make it anew with 'docker context create', or set DOCKER_HOST"
            )
        }
        return metadata.endpoints?.docker?.host
    }
}
