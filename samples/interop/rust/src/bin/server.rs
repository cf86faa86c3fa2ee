//! A server of the Rust SDK with the fixture: server PORT. Both eras on 127.0.0.1, /mcp.
#![allow(deprecated)] // sampling, roots and logging are deprecated since 2026-07-28, and part of the fixture

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use rmcp::{
    ErrorData, Peer, RoleServer, ServerHandler,
    model::*,
    service::{RequestContext, SubscriptionContext},
    transport::streamable_http_server::{
        StreamableHttpServerConfig, StreamableHttpService, session::local::LocalSessionManager,
    },
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::broadcast;

const WATCHED: &str = "test://watched-resource";
const RETRY: Duration = Duration::from_millis(100);
/// More streams than one session of the scenarios opens.
const MOST_STREAMS: u64 = 256;

#[derive(Clone, Debug)]
enum Change {
    Tools,
    Watched,
}

/// What all connections of this process share: who waits, who watches.
struct Shared {
    running: AtomicUsize,
    cancelled: AtomicUsize,
    watching: Mutex<Vec<Peer<RoleServer>>>,
    changes: broadcast::Sender<Change>,
    sessions: Arc<LocalSessionManager>,
}

#[derive(Clone)]
struct Fixture(Arc<Shared>);

type Context = RequestContext<RoleServer>;

fn wire<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("a value of the protocol")
}

fn failure(error: impl std::fmt::Display) -> ErrorData {
    ErrorData::internal_error(error.to_string(), None)
}

fn text(value: impl Into<String>) -> CallToolResponse {
    CallToolResult::success(vec![ContentBlock::text(value)]).into()
}

fn object(properties: &[(&str, &str)]) -> Value {
    let types: BTreeMap<_, _> = properties.iter().map(|(name, kind)| (name, json!({ "type": kind }))).collect();
    let names: Vec<_> = properties.iter().map(|(name, _)| name).collect();
    json!({ "type": "object", "properties": types, "required": names })
}

fn tools() -> Vec<Tool> {
    [
        ("test_simple_text", object(&[])),
        ("test_tool_with_progress", object(&[])),
        ("test_tool_with_logging", object(&[])),
        ("test_sampling", object(&[("prompt", "string")])),
        ("test_elicitation", object(&[("message", "string")])),
        ("test_input_required_result_elicitation", object(&[])),
        ("test_input_required_result_sampling", object(&[])),
        ("test_input_required_result_list_roots", object(&[])),
        ("test_reconnection", object(&[])),
        ("test_trigger_tool_change", object(&[])),
        ("slow_wait", object(&[("millis", "integer")])),
        ("slow_wait_state", object(&[])),
        ("touch_watched", object(&[])),
    ]
    .into_iter()
    .map(|(name, schema)| wire(json!({ "name": name, "description": format!("The fixture {name}."), "inputSchema": schema })))
    .collect()
}

fn stateless(context: &Context) -> bool {
    context.protocol_version().is_some_and(|version| version.as_str() >= "2026-07-28")
}

/// Asks in the way of the era: a request of its own before 2026-07-28, an input request since.
async fn ask<R: DeserializeOwned>(
    params: &CallToolRequestParams,
    context: &Context,
    key: &str,
    question: Value,
    direct: impl Future<Output = Result<R, rmcp::ServiceError>>,
    say: impl FnOnce(R) -> String,
) -> Result<CallToolResponse, ErrorData> {
    if !stateless(context) {
        return Ok(text(say(direct.await.map_err(failure)?)));
    }
    match params.input_responses.as_ref().and_then(|answers| answers.get(key)) {
        Some(answer) => Ok(text(say(serde_json::from_value(answer.clone()).map_err(failure)?))),
        None => {
            let requests = BTreeMap::from([(key.to_owned(), wire(question))]);
            Ok(InputRequiredResult::from_input_requests(requests).into())
        }
    }
}

impl Fixture {
    async fn elicit(
        &self,
        params: &CallToolRequestParams,
        context: &Context,
        key: &str,
        message: &str,
        names: &[&str],
        say: impl FnOnce(Value) -> String,
    ) -> Result<CallToolResponse, ErrorData> {
        let fields: Vec<_> = names.iter().map(|name| (*name, "string")).collect();
        let question = json!({ "mode": "form", "message": message, "requestedSchema": object(&fields) });
        let direct = context.peer.create_elicitation(wire(question.clone()));
        let request = json!({ "method": "elicitation/create", "params": question });
        ask(params, context, key, request, direct, |answer: ElicitResult| say(answer.content.unwrap_or_default())).await
    }

    async fn sample(
        &self,
        params: &CallToolRequestParams,
        context: &Context,
        key: &str,
        prompt: &str,
        before: &str,
    ) -> Result<CallToolResponse, ErrorData> {
        let question = json!({ "messages": [{ "role": "user", "content": { "type": "text", "text": prompt } }], "maxTokens": 100 });
        let direct = context.peer.create_message(wire(question.clone()));
        let request = json!({ "method": "sampling/createMessage", "params": question });
        ask(params, context, key, request, direct, |answer: CreateMessageResult| {
            let blocks = answer.message.content.into_vec();
            format!("{before}{}", blocks.first().and_then(|block| block.as_text()).map_or("", |said| &said.text))
        })
        .await
    }

    async fn roots(&self, params: &CallToolRequestParams, context: &Context) -> Result<CallToolResponse, ErrorData> {
        let request = json!({ "method": "roots/list", "params": {} });
        ask(params, context, "client_roots", request, context.peer.list_roots(), |answer: ListRootsResult| {
            answer.roots.into_iter().map(|root| root.uri.to_string()).collect::<Vec<_>>().join(", ")
        })
        .await
    }

    async fn progress(&self, context: &Context) -> Result<CallToolResponse, ErrorData> {
        if let Some(token) = context.meta.get_progress_token() {
            for progress in [0.0, 50.0, 100.0] {
                let told = ProgressNotificationParam::new(token.clone(), progress).with_total(100.0);
                context.peer.notify_progress(told).await.map_err(failure)?;
            }
        }
        Ok(text("Progress reported."))
    }

    async fn log(&self, context: &Context) -> Result<CallToolResponse, ErrorData> {
        if !stateless(context) || context.meta.log_level().is_some() {
            for data in ["Tool execution started", "Tool processing data", "Tool execution completed"] {
                let message = LoggingMessageNotificationParam::new(LoggingLevel::Info, json!(data));
                context.peer.notify_logging_message(message).await.map_err(failure)?;
            }
        }
        Ok(text("Messages logged."))
    }

    /// A handler is not told the number of its stream, so every open stream of the session is closed. Without a store
    /// of events this SDK delivers an answer only if the client is back by then.
    async fn reconnection(&self, context: &Context) -> Result<CallToolResponse, ErrorData> {
        let parts = context.extensions.get::<http::request::Parts>();
        let id = parts.and_then(|parts| parts.headers.get("mcp-session-id")).and_then(|id| id.to_str().ok());
        let sessions = self.0.sessions.sessions.read().await;
        if let Some(session) = id.and_then(|id| sessions.get(id)) {
            for stream in 0..MOST_STREAMS {
                let _ = session.close_sse_stream(stream, Some(RETRY)).await;
            }
        }
        drop(sessions);
        tokio::time::sleep(RETRY * 10).await;
        Ok(text("Delivered after the stream was closed."))
    }

    async fn wait(&self, params: &CallToolRequestParams, context: &Context) -> Result<CallToolResponse, ErrorData> {
        let millis = params.arguments.as_ref().and_then(|given| given["millis"].as_u64()).unwrap_or(0);
        self.0.running.fetch_add(1, Ordering::SeqCst);
        let stopped = tokio::select! {
            () = context.ct.cancelled() => true,
            () = tokio::time::sleep(Duration::from_millis(millis)) => false,
        };
        self.0.running.fetch_sub(1, Ordering::SeqCst);
        if stopped {
            self.0.cancelled.fetch_add(1, Ordering::SeqCst);
        }
        Ok(text(if stopped { "stopped".to_owned() } else { format!("waited {millis}") }))
    }

    async fn touch(&self) -> Result<CallToolResponse, ErrorData> {
        let _ = self.0.changes.send(Change::Watched);
        let watching = self.0.watching.lock().expect("not poisoned").clone();
        for peer in watching {
            let _ = peer.notify_resource_updated(ResourceUpdatedNotificationParam::new(WATCHED)).await;
        }
        Ok(text("Touched."))
    }
}

fn argument<'a>(params: &'a CallToolRequestParams, name: &str) -> &'a str {
    params.arguments.as_ref().and_then(|given| given.get(name)).and_then(Value::as_str).unwrap_or_default()
}

impl ServerHandler for Fixture {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_logging()
            .enable_completions()
            .enable_prompts()
            .enable_resources()
            .enable_resources_subscribe()
            .enable_tools()
            .enable_tool_list_changed()
            .build();
        ServerConfig::new(capabilities).with_server_info(Implementation::new("interop-rust", "1.0.0"))
    }

    async fn list_tools(&self, _: Option<PaginatedRequestParams>, _: Context) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(tools()))
    }

    async fn call_tool(&self, params: CallToolRequestParams, context: Context) -> Result<CallToolResponse, ErrorData> {
        match params.name.as_ref() {
            "test_simple_text" => Ok(text("This is a simple text response for testing.")),
            "test_tool_with_progress" => self.progress(&context).await,
            "test_tool_with_logging" => self.log(&context).await,
            "test_sampling" => self.sample(&params, &context, "answer", argument(&params, "prompt"), "LLM response: ").await,
            "test_elicitation" => {
                let message = argument(&params, "message");
                self.elicit(&params, &context, "user", message, &["username", "email"], |said| format!("User response: {said}")).await
            }
            "test_input_required_result_elicitation" => {
                let say = |said: Value| format!("Hello, {}!", said["name"].as_str().unwrap_or_default());
                self.elicit(&params, &context, "user_name", "What is your name?", &["name"], say).await
            }
            "test_input_required_result_sampling" => {
                self.sample(&params, &context, "capital_question", "What is the capital of France?", "").await
            }
            "test_input_required_result_list_roots" => self.roots(&params, &context).await,
            "test_reconnection" => self.reconnection(&context).await,
            "test_trigger_tool_change" => {
                let _ = self.0.changes.send(Change::Tools);
                Ok(text("Change announced."))
            }
            "slow_wait" => self.wait(&params, &context).await,
            "slow_wait_state" => {
                let (running, cancelled) = (self.0.running.load(Ordering::SeqCst), self.0.cancelled.load(Ordering::SeqCst));
                Ok(text(json!({ "running": running, "cancelled": cancelled }).to_string()))
            }
            "touch_watched" => self.touch().await,
            other => Err(ErrorData::invalid_params(format!("unknown tool {other}"), None)),
        }
    }

    async fn list_resources(&self, _: Option<PaginatedRequestParams>, _: Context) -> Result<ListResourcesResult, ErrorData> {
        let listed = ["test://static-text", WATCHED].map(|uri| Resource::new(uri, &uri["test://".len()..]).with_mime_type("text/plain"));
        Ok(ListResourcesResult::with_all_items(listed.to_vec()))
    }

    async fn read_resource(&self, params: ReadResourceRequestParams, _: Context) -> Result<ReadResourceResponse, ErrorData> {
        let said = match params.uri.as_str() {
            "test://static-text" => "This is the content of the static text resource.",
            _ => "Watched resource content.",
        };
        Ok(ReadResourceResult::new(vec![ResourceContents::text(said, params.uri).with_mime_type("text/plain")]).into())
    }

    async fn subscribe(&self, _: SubscribeRequestParams, context: Context) -> Result<(), ErrorData> {
        self.0.watching.lock().expect("not poisoned").push(context.peer);
        Ok(())
    }

    async fn unsubscribe(&self, _: UnsubscribeRequestParams, _: Context) -> Result<(), ErrorData> {
        self.0.watching.lock().expect("not poisoned").clear();
        Ok(())
    }

    fn accepted_subscription_filter(&self, requested: &SubscriptionFilter) -> Option<SubscriptionFilter> {
        Some(requested.supported_by(&self.get_info().capabilities))
    }

    async fn listen(&self, context: SubscriptionContext) -> Result<(), ErrorData> {
        let mut changes = self.0.changes.subscribe();
        loop {
            let change = tokio::select! {
                () = context.cancelled() => return Ok(()),
                change = changes.recv() => change.map_err(failure)?,
            };
            // What the filter leaves out is refused by the sink, and that is as it should be.
            let _ = match change {
                Change::Tools => context.sink().notify_tool_list_changed().await,
                Change::Watched => context.sink().notify_resource_updated(WATCHED).await,
            };
        }
    }

    async fn list_prompts(&self, _: Option<PaginatedRequestParams>, _: Context) -> Result<ListPromptsResult, ErrorData> {
        Ok(ListPromptsResult::with_all_items(wire(json!([
            { "name": "test_simple_prompt", "description": "A prompt." },
            { "name": "test_prompt_with_arguments", "description": "A prompt with two arguments.",
              "arguments": [{ "name": "arg1", "required": true }, { "name": "arg2", "required": true }] }
        ]))))
    }

    async fn get_prompt(&self, params: GetPromptRequestParams, _: Context) -> Result<GetPromptResponse, ErrorData> {
        let given = Value::Object(params.arguments.unwrap_or_default());
        let said = match params.name.as_str() {
            "test_simple_prompt" => "This is a simple prompt for testing.".to_owned(),
            _ => format!(
                "Prompt with arguments: arg1='{}', arg2='{}'",
                given["arg1"].as_str().unwrap_or_default(),
                given["arg2"].as_str().unwrap_or_default()
            ),
        };
        Ok(GetPromptResult::new(vec![PromptMessage::new_text(Role::User, said)]).into())
    }

    async fn complete(&self, params: CompleteRequestParams, _: Context) -> Result<CompleteResult, ErrorData> {
        let values = ["testValue1", "testValue2", "other"]
            .into_iter()
            .filter(|value| value.starts_with(&params.argument.value))
            .map(str::to_owned)
            .collect();
        Ok(CompleteResult::new(CompletionInfo::with_all_values(values).map_err(failure)?))
    }

    async fn set_level(&self, _: SetLevelRequestParams, _: Context) -> Result<(), ErrorData> {
        Ok(())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let port = std::env::args().nth(1).expect("a port");
    let sessions = Arc::new(LocalSessionManager::default());
    let fixture = Fixture(Arc::new(Shared {
        running: AtomicUsize::new(0),
        cancelled: AtomicUsize::new(0),
        watching: Mutex::default(),
        changes: broadcast::channel(16).0,
        sessions: sessions.clone(),
    }));
    let config = StreamableHttpServerConfig::default().with_sse_retry(Some(RETRY));
    let service = StreamableHttpService::new(move || Ok(fixture.clone()), sessions, config);
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await.expect("the port is free");
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        let service = TowerToHyperService::new(service.clone());
        tokio::spawn(async move {
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}
