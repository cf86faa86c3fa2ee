// A client of the Go SDK against the fixture: client URL. One JSON line per feature and era.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

const (
	watched  = "test://watched-resource"
	deadline = 15 * time.Second
)

// connection is one session of one era, and what arrived on it unasked.
type connection struct {
	*mcp.ClientSession
	progress chan string
	logs     chan *mcp.LoggingMessageParams
	updated  chan string
	tools    chan string
	asked    chan string
	resumed  atomic.Int64
}

func (c *connection) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Method == http.MethodGet && req.Header.Get("Last-Event-ID") != "" {
		c.resumed.Add(1)
	}
	return http.DefaultTransport.RoundTrip(req)
}

func next[T any](ctx context.Context, inbox chan T) (value T, err error) {
	select {
	case value = <-inbox:
	case <-ctx.Done():
		err = errors.New("nothing arrived")
	}
	return value, err
}

func connect(ctx context.Context, era, url string) (*connection, error) {
	c := &connection{progress: make(chan string, 10), logs: make(chan *mcp.LoggingMessageParams, 10), updated: make(chan string, 10),
		tools: make(chan string, 10), asked: make(chan string, 10)}
	client := mcp.NewClient(&mcp.Implementation{Name: "interop-go", Version: "1.0.0"}, &mcp.ClientOptions{
		ElicitationHandler: func(_ context.Context, req *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
			c.asked <- req.Params.Message
			if strings.Contains(fmt.Sprint(req.Params.RequestedSchema), "username") {
				return &mcp.ElicitResult{Action: "accept", Content: map[string]any{"username": "testuser", "email": "test@example.com"}}, nil
			}
			return &mcp.ElicitResult{Action: "accept", Content: map[string]any{"name": "Alice"}}, nil
		},
		CreateMessageHandler: func(_ context.Context, req *mcp.CreateMessageRequest) (*mcp.CreateMessageResult, error) {
			c.asked <- req.Params.Messages[0].Content.(*mcp.TextContent).Text
			return &mcp.CreateMessageResult{Role: "assistant", Model: "test-model", StopReason: "endTurn", Content: &mcp.TextContent{Text: "Paris"}}, nil
		},
		ProgressNotificationHandler: func(_ context.Context, req *mcp.ProgressNotificationClientRequest) {
			c.progress <- fmt.Sprintf("%v/%v of %v", req.Params.Progress, req.Params.Total, req.Params.ProgressToken)
		},
		LoggingMessageHandler:  func(_ context.Context, req *mcp.LoggingMessageRequest) { c.logs <- req.Params },
		ResourceUpdatedHandler: func(_ context.Context, req *mcp.ResourceUpdatedNotificationRequest) { c.updated <- req.Params.URI },
		ToolListChangedHandler: func(context.Context, *mcp.ToolListChangedRequest) { c.tools <- "tools/list_changed" },
	})
	client.AddRoots(&mcp.Root{URI: "file:///test/root", Name: "Test Root"})
	transport := &mcp.StreamableClientTransport{Endpoint: url, HTTPClient: &http.Client{Transport: c}}
	session, err := client.Connect(ctx, transport, &mcp.ClientSessionOptions{ProtocolVersion: era})
	c.ClientSession = session
	return c, err
}

func (c *connection) call(ctx context.Context, name string, arguments any) (string, error) {
	return c.callWith(ctx, &mcp.CallToolParams{Name: name, Arguments: arguments})
}

func (c *connection) callWith(ctx context.Context, params *mcp.CallToolParams) (string, error) {
	result, err := c.CallTool(ctx, params)
	if err != nil {
		return "", err
	}
	said := ""
	for _, content := range result.Content {
		said += content.(*mcp.TextContent).Text
	}
	if result.IsError {
		return "", errors.New("isError: " + said)
	}
	return said, nil
}

func equal[T comparable](actual, expected T) error {
	if actual != expected {
		return fmt.Errorf("expected %v, got %v", expected, actual)
	}
	return nil
}

type feature struct {
	name string
	run  func(ctx context.Context, c *connection) (string, error)
}

// opened checks what the first exchange negotiated.
func opened(era string) func(context.Context, *connection) (string, error) {
	return func(_ context.Context, c *connection) (string, error) {
		result := c.InitializeResult()
		caps := result.Capabilities
		if caps.Tools == nil || caps.Resources == nil || !caps.Resources.Subscribe || caps.Prompts == nil || caps.Completions == nil {
			return "", errors.New("a capability of the fixture is missing")
		}
		return result.ServerInfo.Name, equal(result.ProtocolVersion, era)
	}
}

func listTools(ctx context.Context, c *connection) (string, error) {
	named := map[string]*mcp.Tool{}
	for tool, err := range c.Tools(ctx, nil) {
		if err != nil {
			return "", err
		}
		named[tool.Name] = tool
	}
	for _, name := range []string{"test_simple_text", "test_tool_with_progress", "test_tool_with_logging", "test_sampling", "test_elicitation", "slow_wait"} {
		if named[name] == nil {
			return "", errors.New(name + " is not listed")
		}
	}
	schema, _ := json.Marshal(named["slow_wait"].InputSchema)
	if !strings.Contains(string(schema), `"millis":{"`) || !strings.Contains(string(schema), `"integer"`) {
		return "", errors.New(string(schema))
	}
	return fmt.Sprintf("%d tools", len(named)), nil
}

func call(ctx context.Context, c *connection) (string, error) {
	said, err := c.call(ctx, "test_simple_text", nil)
	return said, errors.Join(err, equal(said, "This is a simple text response for testing."))
}

func callProgress(ctx context.Context, c *connection) (string, error) {
	params := &mcp.CallToolParams{Name: "test_tool_with_progress", Meta: mcp.Meta{"progressToken": "token-7"}}
	if _, err := c.callWith(ctx, params); err != nil {
		return "", err
	}
	told := []string{}
	for range 3 {
		one, err := next(ctx, c.progress)
		if err != nil {
			return "", fmt.Errorf("%v, then %w", told, err)
		}
		told = append(told, one)
	}
	said := strings.Join(told, ", ")
	return said, equal(said, "0/100 of token-7, 50/100 of token-7, 100/100 of token-7")
}

type waits struct{ Running, Cancelled int }

func (c *connection) waits(ctx context.Context) (state waits, err error) {
	said, err := c.call(ctx, "slow_wait_state", nil)
	if err == nil {
		err = json.Unmarshal([]byte(said), &state)
	}
	return state, err
}

func (c *connection) await(ctx context.Context, what string, reached func(waits) bool) error {
	for range 100 {
		state, err := c.waits(ctx)
		if err != nil {
			return err
		}
		if reached(state) {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.New(what)
}

func cancel(ctx context.Context, c *connection) (string, error) {
	before, err := c.waits(ctx)
	if err != nil {
		return "", err
	}
	cancellable, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		_, err := c.call(cancellable, "slow_wait", map[string]any{"millis": 20000})
		ended <- err
	}()
	err = c.await(ctx, "slow_wait never ran", func(state waits) bool { return state.Running == before.Running+1 })
	stop()
	if err != nil {
		return "", err
	}
	if failure, err := next(ctx, ended); err != nil || failure == nil {
		return "", errors.New("the call was not ended")
	}
	err = c.await(ctx, "the server went on waiting", func(state waits) bool { return state.Cancelled == before.Cancelled+1 })
	return "stopped early on the server", err
}

func listResources(ctx context.Context, c *connection) (string, error) {
	uris := []string{}
	for resource, err := range c.Resources(ctx, nil) {
		if err != nil {
			return "", err
		}
		uris = append(uris, resource.URI)
	}
	if !slices.Contains(uris, "test://static-text") || !slices.Contains(uris, watched) {
		return "", fmt.Errorf("missing from %v", uris)
	}
	return fmt.Sprintf("%d resources", len(uris)), nil
}

func read(ctx context.Context, c *connection) (string, error) {
	result, err := c.ReadResource(ctx, &mcp.ReadResourceParams{URI: "test://static-text"})
	if err != nil {
		return "", err
	}
	content := result.Contents[0]
	return content.Text, errors.Join(equal(content.URI, "test://static-text"), equal(content.Text, "This is the content of the static text resource."))
}

func listPrompts(ctx context.Context, c *connection) (string, error) {
	names := []string{}
	for prompt, err := range c.Prompts(ctx, nil) {
		if err != nil {
			return "", err
		}
		for _, argument := range prompt.Arguments {
			if prompt.Name == "test_prompt_with_arguments" {
				names = append(names, argument.Name)
			}
		}
	}
	said := strings.Join(names, ",")
	return said, equal(said, "arg1,arg2")
}

func prompt(ctx context.Context, c *connection) (string, error) {
	said := []string{}
	for _, params := range []*mcp.GetPromptParams{{Name: "test_simple_prompt"}, {Name: "test_prompt_with_arguments", Arguments: map[string]string{"arg1": "one", "arg2": "two"}}} {
		result, err := c.GetPrompt(ctx, params)
		if err != nil {
			return "", err
		}
		said = append(said, result.Messages[0].Content.(*mcp.TextContent).Text)
	}
	return said[1], errors.Join(equal(said[0], "This is a simple prompt for testing."), equal(said[1], "Prompt with arguments: arg1='one', arg2='two'"))
}

func complete(ctx context.Context, c *connection) (string, error) {
	result, err := c.Complete(ctx, &mcp.CompleteParams{Ref: &mcp.CompleteReference{Type: "ref/prompt", Name: "test_prompt_with_arguments"},
		Argument: mcp.CompleteParamsArgument{Name: "arg1", Value: "test"}})
	if err != nil {
		return "", err
	}
	values := result.Completion.Values
	if len(values) == 0 || slices.ContainsFunc(values, func(value string) bool { return !strings.HasPrefix(value, "test") }) {
		return "", fmt.Errorf("%v", values)
	}
	return strings.Join(values, ", "), nil
}

// asking calls a tool that asks this client something, and checks the question and the parts of the answer.
func asking(tool string, arguments any, question string, parts ...string) func(context.Context, *connection) (string, error) {
	return func(ctx context.Context, c *connection) (string, error) {
		said, err := c.call(ctx, tool, arguments)
		if err != nil {
			return "", err
		}
		if question != "" {
			asked, err := next(ctx, c.asked)
			if err = errors.Join(err, equal(asked, question)); err != nil {
				return "", err
			}
		}
		for _, part := range parts {
			if !strings.Contains(said, part) {
				return "", errors.New(said)
			}
		}
		return said, nil
	}
}

func logged(meta mcp.Meta) func(context.Context, *connection) (string, error) {
	return func(ctx context.Context, c *connection) (string, error) {
		if meta == nil {
			if err := c.SetLoggingLevel(ctx, &mcp.SetLoggingLevelParams{Level: "debug"}); err != nil {
				return "", err
			}
		}
		if _, err := c.callWith(ctx, &mcp.CallToolParams{Name: "test_tool_with_logging", Meta: meta}); err != nil {
			return "", err
		}
		for _, data := range []string{"Tool execution started", "Tool processing data", "Tool execution completed"} {
			message, err := next(ctx, c.logs)
			if err != nil {
				return "", err
			}
			if err := errors.Join(equal(message.Level, "info"), equal(fmt.Sprint(message.Data), data)); err != nil {
				return "", err
			}
		}
		return "3 messages", nil
	}
}

func resume(ctx context.Context, c *connection) (string, error) {
	before := c.resumed.Load()
	said, err := c.call(ctx, "test_reconnection", nil)
	if err == nil && (said == "" || c.resumed.Load() == before) {
		err = errors.New("no GET with Last-Event-ID was needed: " + said)
	}
	return said, err
}

func subscribe(ctx context.Context, c *connection) (string, error) {
	if err := c.Subscribe(ctx, &mcp.SubscribeParams{URI: watched}); err != nil {
		return "", err
	}
	if _, err := c.call(ctx, "touch_watched", nil); err != nil {
		return "", err
	}
	uri, err := next(ctx, c.updated)
	return uri, errors.Join(err, equal(uri, watched))
}

// listen relies on the stream that this SDK opens by itself for a client with a list-changed handler.
func listen(ctx context.Context, c *connection) (string, error) {
	if _, err := c.call(ctx, "test_trigger_tool_change", nil); err != nil {
		return "", err
	}
	return next(ctx, c.tools)
}

func common(first feature, rest ...feature) []feature {
	features := []feature{first, {"list-tools", listTools}, {"call", call}, {"call-progress", callProgress}, {"cancel", cancel},
		{"list-resources", listResources}, {"read", read}, {"list-prompts", listPrompts}, {"prompt", prompt}, {"complete", complete},
		{"roots", asking("test_input_required_result_list_roots", nil, "", "file:///test/root")}}
	return append(append(features, rest...), feature{"subscribe", subscribe})
}

func report(era, url string, features []feature) {
	connecting, done := context.WithTimeout(context.Background(), deadline)
	defer done()
	c, failed := connect(connecting, era, url)
	for _, feature := range features {
		ctx, done := context.WithTimeout(context.Background(), deadline)
		detail, err := "", failed
		if err == nil {
			detail, err = feature.run(ctx, c)
		}
		done()
		outcome := "pass"
		if err != nil {
			outcome, detail = "fail", err.Error()
		}
		line, _ := json.Marshal(map[string]string{"feature": feature.name, "era": era, "outcome": outcome, "detail": detail})
		fmt.Println(string(line))
	}
	if failed == nil {
		c.Close()
	}
}

func main() {
	report("2025-11-25", os.Args[1], common(feature{"initialize", opened("2025-11-25")},
		feature{"elicit", asking("test_elicitation", map[string]any{"message": "Who are you?"}, "Who are you?", "testuser", "test@example.com")},
		feature{"sample", asking("test_sampling", map[string]any{"prompt": "Capital of France?"}, "Capital of France?", "LLM response: Paris")},
		feature{"log", logged(nil)}, feature{"resume", resume}))
	report("2026-07-28", os.Args[1], common(feature{"discover", opened("2026-07-28")},
		feature{"elicit", asking("test_input_required_result_elicitation", nil, "What is your name?", "Hello, Alice!")},
		feature{"sample", asking("test_input_required_result_sampling", nil, "What is the capital of France?", "Paris")},
		feature{"log", logged(mcp.Meta{mcp.MetaKeyLogLevel: "debug"})}, feature{"listen", listen}))
}
