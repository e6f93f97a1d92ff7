//! Lists the pods of a kubelet and asks it for a checkpoint that it must refuse.

use openapi::apis::{checkpoint_api, configuration::Configuration, health_api, pods_api, Error};
use openapi::models::PodList;
use std::env;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let authority = reqwest::Certificate::from_pem(&std::fs::read(env::var("KUBELET_CA")?)?)?;
    let configuration = Configuration {
        base_path: env::var("KUBELET_SERVER")?,
        client: reqwest::Client::builder().add_root_certificate(authority).build()?,
        bearer_access_token: Some(env::var("KUBELET_TOKEN")?),
        ..Configuration::default()
    };

    let health: String = health_api::get_healthz(&configuration, None, None).await?;
    let pods: PodList = pods_api::get_pods(&configuration).await?;
    let names: Vec<String> = pods.items.unwrap_or_default().into_iter().map(|pod| pod.metadata.name).collect();
    println!("healthz: {health}");
    println!("pods: {}", names.join(" "));
    match checkpoint_api::checkpoint_container(&configuration, "default", "no-such-pod", "none", None).await {
        Err(Error::ResponseError(refusal)) => println!("checkpoint: {} {}", refusal.status.as_u16(), refusal.content.trim_end()),
        other => println!("checkpoint: {other:?}"),
    }
    Ok(())
}
