//! A client of the Rust SDK against the fixture: client URL. One JSON line per feature and era.
#![allow(deprecated)] // sampling, roots and logging are deprecated since 2026-07-28, and part of the fixture

#[path = "../witness.rs"]
mod witness;

use std::{error::Error, sync::Arc, time::Duration};

use rmcp::{
    ClientHandler, ClientLifecycleMode, ClientServiceExt, ErrorData, RoleClient,
    model::*,
    service::{NotificationContext, PeerRequestOptions, RequestContext, RunningService},
    transport::{StreamableHttpClientTransport, streamable_http_client::StreamableHttpClientTransportConfig},
};
use serde_json::{Value, json};
use tokio::sync::{
    Mutex,
    mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};
use witness::Witness;

const DEADLINE: Duration = Duration::from_secs(15);
const WATCHED: &str = "test://watched-resource";
const TOOLS: [&str; 6] =
    ["test_simple_text", "test_tool_with_progress", "test_tool_with_logging", "test_sampling", "test_elicitation", "slow_wait"];

type Outcome = Result<String, Box<dyn Error>>;

/// What arrives unasked is passed on, what is asked is answered.
struct Handler {
    told: UnboundedSender<Value>,
}

impl Handler {
    fn tell(&self, what: &str, value: Value) {
        let _ = self.told.send(json!({ "what": what, "value": value }));
    }
}

impl ClientHandler for Handler {
    fn get_info(&self) -> ClientConfig {
        let capabilities = ClientCapabilities::builder().enable_roots().enable_sampling().enable_elicitation().build();
        ClientConfig::new(capabilities, Implementation::new("interop-rust", "1.0.0"))
            .with_protocol_version(ProtocolVersion::V_2025_11_25)
    }

    async fn create_message(
        &self,
        params: CreateMessageRequestParams,
        _: RequestContext<RoleClient>,
    ) -> Result<CreateMessageResult, ErrorData> {
        let blocks = params.messages[0].content.clone().into_vec();
        self.tell("asked", json!(blocks[0].as_text().map(|said| &said.text)));
        Ok(CreateMessageResult::new(SamplingMessage::assistant_text("Paris"), "test-model".to_owned()).with_stop_reason("endTurn"))
    }

    async fn create_elicitation(&self, params: ElicitRequestParams, _: RequestContext<RoleClient>) -> Result<ElicitResult, ErrorData> {
        let asked = serde_json::to_value(&params).expect("a question is JSON");
        self.tell("asked", asked["message"].clone());
        let user = asked["requestedSchema"]["properties"].get("username").is_some();
        let content = if user { json!({ "username": "testuser", "email": "test@example.com" }) } else { json!({ "name": "Alice" }) };
        Ok(ElicitResult::new(ElicitationAction::Accept).with_content(content))
    }

    async fn list_roots(&self, _: RequestContext<RoleClient>) -> Result<ListRootsResult, ErrorData> {
        self.tell("asked", json!("roots"));
        Ok(ListRootsResult::new(vec![Root::new("file:///test/root").with_name("Test Root")]))
    }

    async fn on_progress(&self, params: ProgressNotificationParam, _: NotificationContext<RoleClient>) {
        self.tell("progress", json!([params.progress, params.total]));
    }

    async fn on_logging_message(&self, params: LoggingMessageNotificationParam, _: NotificationContext<RoleClient>) {
        self.tell("log", json!([params.level, params.data]));
    }

    async fn on_resource_updated(&self, params: ResourceUpdatedNotificationParam, _: NotificationContext<RoleClient>) {
        self.tell("updated", json!(params.uri));
    }
}

struct Connection {
    client: RunningService<RoleClient, Handler>,
    told: Mutex<UnboundedReceiver<Value>>,
    witness: Witness,
}

fn equal(actual: impl Into<String>, expected: &str) -> Outcome {
    let actual = actual.into();
    if actual == expected { Ok(actual) } else { Err(format!("expected {expected}, got {actual}").into()) }
}

fn check(holds: bool, otherwise: impl Into<String>) -> Result<(), Box<dyn Error>> {
    if holds { Ok(()) } else { Err(otherwise.into().into()) }
}

fn tool(name: &str, arguments: Value) -> CallToolRequestParams {
    let params = CallToolRequestParams::new(name.to_owned());
    match arguments {
        Value::Object(given) => params.with_arguments(given),
        _ => params,
    }
}

impl Connection {
    async fn open(era: &str, url: &str) -> Result<Self, Box<dyn Error>> {
        let (told, arriving) = unbounded_channel();
        let witness = Witness::default();
        let config = StreamableHttpClientTransportConfig::with_uri(url);
        let transport = StreamableHttpClientTransport::with_client(witness.clone(), config);
        let lifecycle = match era {
            "2025-11-25" => ClientLifecycleMode::Initialize,
            _ => ClientLifecycleMode::Discover { preferred_versions: vec![ProtocolVersion::V_2026_07_28] },
        };
        let client = Handler { told }.serve_with_lifecycle(transport, lifecycle).await?;
        Ok(Self { client, told: Mutex::new(arriving), witness })
    }

    async fn call(&self, params: CallToolRequestParams) -> Outcome {
        let result = self.client.call_tool(params).await?;
        let said: String = result.content.iter().filter_map(|block| block.as_text()).map(|block| block.text.as_str()).collect();
        check(result.is_error != Some(true), format!("isError: {said}"))?;
        Ok(said)
    }

    async fn next(&self, what: &str) -> Result<Value, Box<dyn Error>> {
        let mut told = self.told.lock().await;
        loop {
            let mut next = told.recv().await.ok_or("the connection ended")?;
            if next["what"] == what {
                return Ok(next["value"].take());
            }
        }
    }

    async fn opened(&self, era: &str) -> Outcome {
        let info = self.client.peer_info().ok_or("nothing was negotiated")?;
        let info = serde_json::to_value(info.as_ref())?;
        equal(info["protocolVersion"].as_str().unwrap_or_default(), era)?;
        let offered = &info["capabilities"];
        for capability in ["tools", "resources", "prompts", "completions"] {
            check(offered.get(capability).is_some(), format!("{capability} is missing: {offered}"))?;
        }
        check(offered["resources"]["subscribe"] == true, format!("{offered}"))?;
        Ok(info["serverInfo"]["name"].as_str().unwrap_or_default().to_owned())
    }

    async fn list_tools(&self) -> Outcome {
        let tools = self.client.list_all_tools().await?;
        for name in TOOLS {
            check(tools.iter().any(|tool| tool.name == name), format!("{name} is not listed"))?;
        }
        let schema = tools.iter().find(|tool| tool.name == "slow_wait").map(|tool| json!(tool.input_schema)).unwrap_or_default();
        equal(schema["properties"]["millis"]["type"].as_str().unwrap_or_default(), "integer")?;
        Ok(format!("{} tools", tools.len()))
    }

    async fn call_progress(&self) -> Outcome {
        self.call(tool("test_tool_with_progress", Value::Null)).await?;
        let mut told = Vec::new();
        for _ in 0..3 {
            told.push(self.next("progress").await?);
        }
        equal(json!(told).to_string(), "[[0.0,100.0],[50.0,100.0],[100.0,100.0]]")
    }

    async fn waits(&self) -> Result<(u64, u64), Box<dyn Error>> {
        let state: Value = serde_json::from_str(&self.call(tool("slow_wait_state", Value::Null)).await?)?;
        Ok((state["running"].as_u64().ok_or("no number")?, state["cancelled"].as_u64().ok_or("no number")?))
    }

    async fn until(&self, reached: impl Fn((u64, u64)) -> bool, otherwise: &str) -> Result<(), Box<dyn Error>> {
        for _ in 0..100 {
            if reached(self.waits().await?) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(otherwise.into())
    }

    async fn cancel(&self) -> Outcome {
        let before = self.waits().await?;
        let request = ClientRequest::CallToolRequest(CallToolRequest::new(tool("slow_wait", json!({ "millis": 20000 }))));
        let handle = self.client.send_cancellable_request(request, PeerRequestOptions::no_options()).await?;
        self.until(|now| now.0 == before.0 + 1, "slow_wait never ran").await?;
        handle.cancel(Some("no longer needed".to_owned())).await?;
        self.until(|now| now.1 == before.1 + 1, "the server went on waiting").await?;
        Ok("stopped early on the server".to_owned())
    }

    async fn list_resources(&self) -> Outcome {
        let resources = self.client.list_all_resources().await?;
        for uri in ["test://static-text", WATCHED] {
            check(resources.iter().any(|resource| resource.uri == uri), format!("{uri} is not listed"))?;
        }
        Ok(format!("{} resources", resources.len()))
    }

    async fn read(&self) -> Outcome {
        let result = self.client.read_resource(ReadResourceRequestParams::new("test://static-text")).await?;
        let content = serde_json::to_value(&result.contents[0])?;
        equal(content["uri"].as_str().unwrap_or_default(), "test://static-text")?;
        equal(content["text"].as_str().unwrap_or_default(), "This is the content of the static text resource.")
    }

    async fn list_prompts(&self) -> Outcome {
        let prompts = self.client.list_all_prompts().await?;
        let found = prompts.iter().find(|prompt| prompt.name == "test_prompt_with_arguments").ok_or("the prompt is not listed")?;
        let names: Vec<_> = found.arguments.iter().flatten().map(|argument| argument.name.as_str()).collect();
        equal(names.join(","), "arg1,arg2")
    }

    async fn said(&self, params: GetPromptRequestParams) -> Outcome {
        let result = self.client.get_prompt(params).await?;
        Ok(result.messages[0].content.as_text().ok_or("no text")?.text.clone())
    }

    async fn prompt(&self) -> Outcome {
        let simple = self.said(GetPromptRequestParams::new("test_simple_prompt")).await?;
        equal(simple, "This is a simple prompt for testing.")?;
        let Value::Object(arguments) = json!({ "arg1": "one", "arg2": "two" }) else { unreachable!() };
        let given = GetPromptRequestParams::new("test_prompt_with_arguments").with_arguments(arguments);
        equal(self.said(given).await?, "Prompt with arguments: arg1='one', arg2='two'")
    }

    async fn complete(&self) -> Outcome {
        let found = self.client.complete_prompt_argument("test_prompt_with_arguments", "arg1", "test", None).await?;
        let right = !found.values.is_empty() && found.values.iter().all(|value| value.starts_with("test"));
        check(right, format!("{:?}", found.values))?;
        Ok(found.values.join(", "))
    }

    /// Calls a tool that asks this client something, and checks the question and the parts of the answer.
    async fn asking(&self, call: CallToolRequestParams, question: &str, parts: &[&str]) -> Outcome {
        let said = self.call(call).await?;
        equal(self.next("asked").await?.as_str().unwrap_or_default(), question)?;
        for part in parts {
            check(said.contains(part), said.clone())?;
        }
        Ok(said)
    }

    async fn log(&self, of_request: bool) -> Outcome {
        let mut call = tool("test_tool_with_logging", Value::Null);
        if of_request {
            let mut meta = RequestMetaObject::new();
            meta.set_log_level(LoggingLevel::Debug);
            call.meta = Some(meta);
        } else {
            self.client.set_level(SetLevelRequestParams::new(LoggingLevel::Debug)).await?;
        }
        self.call(call).await?;
        for data in ["Tool execution started", "Tool processing data", "Tool execution completed"] {
            equal(self.next("log").await?.to_string(), &json!(["info", data]).to_string())?;
        }
        Ok("3 messages".to_owned())
    }

    async fn resume(&self) -> Outcome {
        let before = self.witness.resumed();
        let said = self.call(tool("test_reconnection", Value::Null)).await?;
        check(!said.is_empty() && self.witness.resumed() > before, format!("no GET with Last-Event-ID was needed: {said}"))?;
        Ok(said)
    }

    async fn subscribe(&self) -> Outcome {
        self.client.subscribe(SubscribeRequestParams::new(WATCHED)).await?;
        self.call(tool("touch_watched", Value::Null)).await?;
        equal(self.next("updated").await?.as_str().unwrap_or_default(), WATCHED)
    }

    /// Opens a stream of changes, causes one, and hands it back.
    async fn heard(&self, filter: SubscriptionFilter, cause: &str) -> Result<Value, Box<dyn Error>> {
        let mut subscription = self.client.listen(filter.clone()).await?;
        check(subscription.acknowledged() == &filter, format!("acknowledged: {:?}", subscription.acknowledged()))?;
        self.call(tool(cause, Value::Null)).await?;
        let heard = subscription.next().await?.ok_or("the stream ended")?;
        subscription.cancel().await?;
        Ok(serde_json::to_value(heard)?)
    }

    async fn run(&self, era: &str, feature: &str) -> Outcome {
        let handshake = era == "2025-11-25";
        match feature {
            "initialize" | "discover" => self.opened(era).await,
            "list-tools" => self.list_tools().await,
            "call" => equal(self.call(tool("test_simple_text", Value::Null)).await?, "This is a simple text response for testing."),
            "call-progress" => self.call_progress().await,
            "cancel" => self.cancel().await,
            "list-resources" => self.list_resources().await,
            "read" => self.read().await,
            "list-prompts" => self.list_prompts().await,
            "prompt" => self.prompt().await,
            "complete" => self.complete().await,
            "roots" => self.asking(tool("test_input_required_result_list_roots", Value::Null), "roots", &["file:///test/root"]).await,
            "elicit" if handshake => {
                let call = tool("test_elicitation", json!({ "message": "Who are you?" }));
                self.asking(call, "Who are you?", &["testuser", "test@example.com"]).await
            }
            "elicit" => {
                let call = tool("test_input_required_result_elicitation", Value::Null);
                self.asking(call, "What is your name?", &["Hello, Alice!"]).await
            }
            "sample" if handshake => {
                let call = tool("test_sampling", json!({ "prompt": "Capital of France?" }));
                self.asking(call, "Capital of France?", &["LLM response: Paris"]).await
            }
            "sample" => {
                let call = tool("test_input_required_result_sampling", Value::Null);
                self.asking(call, "What is the capital of France?", &["Paris"]).await
            }
            "log" => self.log(!handshake).await,
            "resume" => self.resume().await,
            "subscribe" if handshake => self.subscribe().await,
            "subscribe" => {
                let filter = SubscriptionFilter::builder().resource_subscription(WATCHED).build();
                let heard = self.heard(filter, "touch_watched").await?;
                equal(heard["params"]["uri"].as_str().unwrap_or_default(), WATCHED)
            }
            "listen" => {
                let heard = self.heard(SubscriptionFilter::builder().tools_list_changed().build(), "test_trigger_tool_change").await?;
                equal(heard["method"].as_str().unwrap_or_default(), "notifications/tools/list_changed")
            }
            other => Err(format!("no such feature: {other}").into()),
        }
    }
}

async fn report(era: &str, url: &str, features: &[&str]) {
    let connection = match tokio::time::timeout(DEADLINE, Connection::open(era, url)).await {
        Ok(Ok(connection)) => Ok(Arc::new(connection)),
        Ok(Err(error)) => Err(format!("no connection: {error}")),
        Err(_) => Err("no connection in time".to_owned()),
    };
    for feature in features {
        let (outcome, detail) = match &connection {
            Err(failure) => ("fail", failure.clone()),
            Ok(connection) => match tokio::time::timeout(DEADLINE, connection.run(era, feature)).await {
                Ok(Ok(detail)) => ("pass", detail),
                Ok(Err(error)) => ("fail", error.to_string()),
                Err(_) => ("fail", format!("nothing within {DEADLINE:?}")),
            },
        };
        println!("{}", json!({ "feature": feature, "era": era, "outcome": outcome, "detail": detail }));
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let url = std::env::args().nth(1).expect("a URL");
    const COMMON: [&str; 13] = [
        "list-tools", "call", "call-progress", "cancel", "list-resources", "read", "list-prompts", "prompt", "complete", "roots",
        "elicit", "sample", "log",
    ];
    report("2025-11-25", &url, &[&["initialize"], &COMMON[..], &["resume", "subscribe"]].concat()).await;
    report("2026-07-28", &url, &[&["discover"], &COMMON[..], &["subscribe", "listen"]].concat()).await;
    std::process::exit(0);
}
