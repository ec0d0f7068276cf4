/// What deploys what is in a repository, by the files that its tools are known by.
enum DeploymentSuggestions {
    /// Returns the deployment of the first tool that was found, or one that only shows whose credentials there are.
    ///
    /// `name` is what stacks and releases are called.
    static func make(_ files: ProjectFiles, name: String) -> SuggestedDeployment {
        terraform(files) ?? cdk(files) ?? serverless(files) ?? cloudFormation(files, name)
            ?? SuggestedDeployment(
                image: "amazon/aws-cli",
                deploy: ["aws sts get-caller-identity"],
                destroy: ["aws sts get-caller-identity"],
                reason: nil
            )
    }

    private static func terraform(_ files: ProjectFiles) -> SuggestedDeployment? {
        guard files.hasSuffix(".tf") else { return nil }
        return SuggestedDeployment(
            image: "hashicorp/terraform",
            deploy: ["terraform init -input=false", "terraform apply -input=false -auto-approve"],
            destroy: ["terraform init -input=false", "terraform destroy -input=false -auto-approve"],
            reason: "the files .tf",
            note:
                "the state must be kept in a backend: each phase gets a copy of this folder, and it is gone afterwards"
        )
    }

    private static func cdk(_ files: ProjectFiles) -> SuggestedDeployment? {
        guard files.has("cdk.json") else { return nil }
        return SuggestedDeployment(
            image: "node:22",
            deploy: ["npm ci", "npx cdk deploy --all --require-approval never"],
            destroy: ["npm ci", "npx cdk destroy --all --force"],
            reason: "cdk.json"
        )
    }

    private static func serverless(_ files: ProjectFiles) -> SuggestedDeployment? {
        guard let reason = files.first(of: "serverless.yml", "serverless.yaml", "serverless.ts") else { return nil }
        return SuggestedDeployment(
            image: "node:22",
            deploy: ["npm ci", "npx serverless deploy"],
            destroy: ["npm ci", "npx serverless remove"],
            reason: reason
        )
    }

    private static func cloudFormation(_ files: ProjectFiles, _ name: String) -> SuggestedDeployment? {
        let candidates = ["template.yaml", "template.yml", "cloudformation.yaml", "cloudformation.yml"]
        guard
            let file = candidates.first(where: { files.has($0) && files.text($0).contains("AWSTemplateFormatVersion") })
        else { return nil }
        return SuggestedDeployment(
            image: "amazon/aws-cli",
            deploy: [
                "aws cloudformation deploy --template-file \(file) --stack-name \(name) --capabilities CAPABILITY_IAM"
            ],
            destroy: [
                "aws cloudformation delete-stack --stack-name \(name)",
                "aws cloudformation wait stack-delete-complete --stack-name \(name)",
            ],
            reason: "\(file), a template of CloudFormation"
        )
    }
}
