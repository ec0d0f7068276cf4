/// One entry of `HostConfig.Mounts`.
enum ContainerMount: Encodable {
    case folder(BindMount)
    case volume(VolumeMount)

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .folder(let mount): try mount.encode(to: encoder)
        case .volume(let mount): try mount.encode(to: encoder)
        }
    }
}
