internal import YAMLSource

/// Finds circles of dependencies, in time linear in their number.
enum CircleSearch {
    /// A dependency.
    typealias Edge = (target: Int, mark: SourceMark)

    /// A circle.
    struct Circle {
        /// What is in it, in order, without its first member once more; of a large one only the first.
        let members: [Int]
        /// The dependency that closes it.
        let mark: SourceMark
        /// Whether there are more members.
        let isCut: Bool
    }

    /// The most members that are told.
    private static let limit = 20

    /// Returns one circle for each dependency that closes one; `edges` has what each thing depends on.
    static func circles(in edges: [[Edge]]) -> [Circle] {
        enum State {
            case new
            case open(position: Int)
            case done
        }
        var states = [State](repeating: .new, count: edges.count)
        var result: [Circle] = []
        for start in edges.indices {
            guard case .new = states[start] else { continue }
            // A stack of our own, because a chain can be longer than the thread's.
            var path: [(node: Int, next: Int)] = [(start, 0)]
            states[start] = .open(position: 0)
            while let (node, next) = path.last {
                guard next < edges[node].count else {
                    states[node] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let edge = edges[node][next]
                switch states[edge.target] {
                case .new:
                    states[edge.target] = .open(position: path.count)
                    path.append((edge.target, 0))
                case .open(let position):
                    let members = path[position...].prefix(limit).map(\.node)
                    result.append(
                        Circle(members: members, mark: edge.mark, isCut: path.count - position > members.count)
                    )
                case .done: continue
                }
            }
        }
        return result
    }
}
