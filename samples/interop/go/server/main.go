// A server of the Go SDK with the fixture: server PORT. Both eras on 127.0.0.1, /mcp.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

const (
	stateless = "2026-07-28"
	watched   = "test://watched-resource"
)

type arguments struct {
	Prompt  string
	Message string
	Millis  int
}

type tool func(ctx context.Context, req *mcp.CallToolRequest, args arguments) (*mcp.CallToolResult, error)

type fixture struct {
	server             *mcp.Server
	running, cancelled atomic.Int64
}

func text(format string, values ...any) *mcp.CallToolResult {
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: fmt.Sprintf(format, values...)}}}
}

func object(properties map[string]any) map[string]any {
	required := []string{}
	for name := range properties {
		required = append(required, name)
	}
	return map[string]any{"type": "object", "properties": properties, "required": required}
}

func (f *fixture) add(name string, properties map[string]any, run tool) {
	f.server.AddTool(&mcp.Tool{Name: name, Description: "The fixture " + name + ".", InputSchema: object(properties)},
		func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			var args arguments
			if len(req.Params.Arguments) > 0 {
				if err := json.Unmarshal(req.Params.Arguments, &args); err != nil {
					return nil, err
				}
			}
			return run(ctx, req, args)
		})
}

// ask puts one question to the client in the way of its era: a request of its own before 2026-07-28, an input
// request since.
func ask[R mcp.InputResponse](req *mcp.CallToolRequest, key string, question mcp.InputRequest, direct func() (R, error), say func(R) *mcp.CallToolResult) (*mcp.CallToolResult, error) {
	if req.ProtocolVersion() < stateless {
		answer, err := direct()
		if err != nil {
			return nil, err
		}
		return say(answer), nil
	}
	if answer, ok := req.Params.InputResponses[key].(R); ok {
		return say(answer), nil
	}
	return &mcp.CallToolResult{InputRequests: mcp.InputRequestMap{key: question}}, nil
}

func elicit(ctx context.Context, req *mcp.CallToolRequest, key, message string, names []string, say func(*mcp.ElicitResult) *mcp.CallToolResult) (*mcp.CallToolResult, error) {
	properties := map[string]any{}
	for _, name := range names {
		properties[name] = map[string]any{"type": "string"}
	}
	question := &mcp.ElicitParams{Mode: "form", Message: message, RequestedSchema: object(properties)}
	return ask(req, key, question, func() (*mcp.ElicitResult, error) { return req.Session.Elicit(ctx, question) }, say)
}

func sample(ctx context.Context, req *mcp.CallToolRequest, key, prompt, format string) (*mcp.CallToolResult, error) {
	question := &mcp.CreateMessageParams{MaxTokens: 100, Messages: []*mcp.SamplingMessage{{Role: "user", Content: &mcp.TextContent{Text: prompt}}}}
	if req.ProtocolVersion() < stateless {
		answer, err := req.Session.CreateMessage(ctx, question)
		if err != nil {
			return nil, err
		}
		return text(format, answer.Content.(*mcp.TextContent).Text), nil
	}
	return ask(req, key, question, nil, func(answer *mcp.CreateMessageWithToolsResult) *mcp.CallToolResult {
		return text(format, answer.Content[0].(*mcp.TextContent).Text)
	})
}

func (f *fixture) addTools() {
	none := map[string]any{}
	word := func(name string) map[string]any { return map[string]any{name: map[string]any{"type": "string"}} }
	f.add("test_simple_text", none, func(context.Context, *mcp.CallToolRequest, arguments) (*mcp.CallToolResult, error) {
		return text("This is a simple text response for testing."), nil
	})
	f.add("test_tool_with_progress", none, func(ctx context.Context, req *mcp.CallToolRequest, _ arguments) (*mcp.CallToolResult, error) {
		if token := req.Params.GetProgressToken(); token != nil {
			for _, progress := range []float64{0, 50, 100} {
				if err := req.Session.NotifyProgress(ctx, &mcp.ProgressNotificationParams{ProgressToken: token, Progress: progress, Total: 100}); err != nil {
					return nil, err
				}
			}
		}
		return text("Progress reported."), nil
	})
	f.add("test_tool_with_logging", none, func(ctx context.Context, req *mcp.CallToolRequest, _ arguments) (*mcp.CallToolResult, error) {
		for _, data := range []string{"Tool execution started", "Tool processing data", "Tool execution completed"} {
			if err := req.Session.Log(ctx, &mcp.LoggingMessageParams{Level: "info", Data: data}); err != nil {
				return nil, err
			}
		}
		return text("Messages logged."), nil
	})
	f.add("test_sampling", word("prompt"), func(ctx context.Context, req *mcp.CallToolRequest, args arguments) (*mcp.CallToolResult, error) {
		return sample(ctx, req, "answer", args.Prompt, "LLM response: %s")
	})
	f.add("test_elicitation", word("message"), func(ctx context.Context, req *mcp.CallToolRequest, args arguments) (*mcp.CallToolResult, error) {
		return elicit(ctx, req, "user", args.Message, []string{"username", "email"}, func(r *mcp.ElicitResult) *mcp.CallToolResult { return text("User response: %v", r.Content) })
	})
	f.add("test_input_required_result_elicitation", none, func(ctx context.Context, req *mcp.CallToolRequest, _ arguments) (*mcp.CallToolResult, error) {
		return elicit(ctx, req, "user_name", "What is your name?", []string{"name"}, func(r *mcp.ElicitResult) *mcp.CallToolResult { return text("Hello, %v!", r.Content["name"]) })
	})
	f.add("test_input_required_result_sampling", none, func(ctx context.Context, req *mcp.CallToolRequest, _ arguments) (*mcp.CallToolResult, error) {
		return sample(ctx, req, "capital_question", "What is the capital of France?", "%s")
	})
	f.add("test_input_required_result_list_roots", none, func(ctx context.Context, req *mcp.CallToolRequest, _ arguments) (*mcp.CallToolResult, error) {
		return ask(req, "client_roots", &mcp.ListRootsParams{}, func() (*mcp.ListRootsResult, error) { return req.Session.ListRoots(ctx, nil) },
			func(r *mcp.ListRootsResult) *mcp.CallToolResult {
				uris := []string{}
				for _, root := range r.Roots {
					uris = append(uris, root.URI)
				}
				return text("%s", strings.Join(uris, ", "))
			})
	})
	f.add("test_reconnection", none, func(_ context.Context, req *mcp.CallToolRequest, _ arguments) (*mcp.CallToolResult, error) {
		if req.Extra != nil && req.Extra.CloseSSEStream != nil {
			req.Extra.CloseSSEStream(mcp.CloseSSEStreamArgs{RetryAfter: 100 * time.Millisecond})
		}
		return text("Delivered after the stream was closed."), nil
	})
	f.add("test_trigger_tool_change", none, func(context.Context, *mcp.CallToolRequest, arguments) (*mcp.CallToolResult, error) {
		f.add("passing_tool", none, func(context.Context, *mcp.CallToolRequest, arguments) (*mcp.CallToolResult, error) {
			return text("passing"), nil
		})
		f.server.RemoveTools("passing_tool")
		return text("Change announced."), nil
	})
	f.add("slow_wait", map[string]any{"millis": map[string]any{"type": "integer"}}, f.wait)
	f.add("slow_wait_state", none, func(context.Context, *mcp.CallToolRequest, arguments) (*mcp.CallToolResult, error) {
		return text(`{"running":%d,"cancelled":%d}`, f.running.Load(), f.cancelled.Load()), nil
	})
	f.add("touch_watched", none, func(ctx context.Context, _ *mcp.CallToolRequest, _ arguments) (*mcp.CallToolResult, error) {
		return text("Touched."), f.server.ResourceUpdated(ctx, &mcp.ResourceUpdatedNotificationParams{URI: watched})
	})
}

func (f *fixture) wait(ctx context.Context, _ *mcp.CallToolRequest, args arguments) (*mcp.CallToolResult, error) {
	f.running.Add(1)
	defer f.running.Add(-1)
	select {
	case <-ctx.Done():
		f.cancelled.Add(1)
		return nil, ctx.Err()
	case <-time.After(time.Duration(args.Millis) * time.Millisecond):
		return text("waited %d", args.Millis), nil
	}
}

func (f *fixture) addResources() {
	for uri, body := range map[string]string{"test://static-text": "This is the content of the static text resource.", watched: "Watched resource content."} {
		f.server.AddResource(&mcp.Resource{URI: uri, Name: strings.TrimPrefix(uri, "test://"), MIMEType: "text/plain"},
			func(_ context.Context, req *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
				return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{URI: req.Params.URI, MIMEType: "text/plain", Text: body}}}, nil
			})
	}
}

func (f *fixture) addPrompts() {
	say := func(format string, values ...any) *mcp.GetPromptResult {
		return &mcp.GetPromptResult{Messages: []*mcp.PromptMessage{{Role: "user", Content: &mcp.TextContent{Text: fmt.Sprintf(format, values...)}}}}
	}
	f.server.AddPrompt(&mcp.Prompt{Name: "test_simple_prompt", Description: "A prompt."},
		func(context.Context, *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			return say("This is a simple prompt for testing."), nil
		})
	f.server.AddPrompt(&mcp.Prompt{Name: "test_prompt_with_arguments", Description: "A prompt with two arguments.",
		Arguments: []*mcp.PromptArgument{{Name: "arg1", Required: true}, {Name: "arg2", Required: true}}},
		func(_ context.Context, req *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			return say("Prompt with arguments: arg1='%s', arg2='%s'", req.Params.Arguments["arg1"], req.Params.Arguments["arg2"]), nil
		})
}

func complete(_ context.Context, req *mcp.CompleteRequest) (*mcp.CompleteResult, error) {
	values := []string{}
	for _, value := range []string{"testValue1", "testValue2", "other"} {
		if strings.HasPrefix(value, req.Params.Argument.Value) {
			values = append(values, value)
		}
	}
	return &mcp.CompleteResult{Completion: mcp.CompletionResultDetails{Values: values, Total: len(values)}}, nil
}

func main() {
	server := mcp.NewServer(&mcp.Implementation{Name: "interop-go", Version: "1.0.0"}, &mcp.ServerOptions{
		CompletionHandler:  complete,
		SubscribeHandler:   func(context.Context, *mcp.SubscribeRequest) error { return nil },
		UnsubscribeHandler: func(context.Context, *mcp.UnsubscribeRequest) error { return nil },
	})
	f := &fixture{server: server}
	f.addTools()
	f.addResources()
	f.addPrompts()
	served := func(*http.Request) *mcp.Server { return server }
	// This SDK serves the stateless era only from a handler of its own.
	sessions := mcp.NewStreamableHTTPHandler(served, &mcp.StreamableHTTPOptions{EventStore: mcp.NewMemoryEventStore(nil)})
	requests := mcp.NewStreamableHTTPHandler(served, &mcp.StreamableHTTPOptions{Stateless: true, PropagateRequestCancellation: true})
	http.HandleFunc("/mcp", func(w http.ResponseWriter, req *http.Request) {
		if req.Header.Get("MCP-Protocol-Version") == stateless {
			requests.ServeHTTP(w, req)
		} else {
			sessions.ServeHTTP(w, req)
		}
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
