internal import HTTPTransport

extension Engine {
    private struct CreateVolumeBody: Encodable {
        let name: String
        let labels: [String: String]

        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case labels = "Labels"
        }
    }

    /// Creates a test's cache; one that is there stays as it is.
    ///
    /// - Throws: ``ContainerExecError`` when the engine refuses.
    package func createVolume(_ volume: CacheVolume) async throws(ContainerExecError) {
        let body = try JSON.encode(CreateVolumeBody(name: volume.name, labels: volume.labels))
        let response = try await call("POST", "/volumes/create", body: body)
        guard response.isSuccess else {
            throw refusal(response, to: "create the cache volume \(volume.name)", hint: "run without it: --no-cache")
        }
    }

    /// Returns the tests' caches that the engine has, by their names' order.
    package func cacheVolumes() async throws(ContainerExecError) -> [VolumeSummary] {
        let filters = try JSON.encode(["label": [ContainerLabels.cache]])
        let query = [(name: "filters", value: String(decoding: filters, as: UTF8.self))]
        let response = try await call("GET", "/volumes", query: query, atMost: 32 << 20)
        guard response.status == 200 else { throw refusal(response, to: "list volumes") }
        let list = try decode(VolumeSummary.List.self, from: response, to: "list volumes")
        return (list.volumes ?? []).compactMap { VolumeSummary($0) }.sorted { $0.name < $1.name }
    }

    /// Returns the bytes that volumes take, by name, as far as the engine knows; it counts them, which takes its time.
    package func volumeSizes() async throws(ContainerExecError) -> [String: Int64] {
        // Older versions pass the query over and count images and containers, too.
        let response = try await call(
            "GET",
            "/system/df",
            query: [(name: "type", value: "volume")],
            within: .seconds(180),
            atMost: 64 << 20
        )
        guard response.status == 200 else { throw refusal(response, to: "tell how large volumes are") }
        let list = try decode(VolumeSummary.List.self, from: response, to: "tell how large volumes are")
        var sizes: [String: Int64] = [:]
        // An engine that did not count says -1.
        for volume in list.volumes ?? [] {
            if let size = volume.usage?.size, size >= 0 { sizes[volume.name] = size }
        }
        return sizes
    }

    /// Removes a volume; one that is gone is fine.
    ///
    /// Returns false when a container has it.
    ///
    /// - Throws: ``ContainerExecError`` when the engine refuses for another reason.
    package func removeVolume(_ name: String) async throws(ContainerExecError) -> Bool {
        let response = try await insist("DELETE", "/volumes/\(URLEncoding.encode(name))")
        switch response.status {
        case 200..<300, 404: return true
        case 409: return false
        default: throw refusal(response, to: "remove the volume \(EngineText.printable(name))")
        }
    }
}
