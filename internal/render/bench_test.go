package render

import "testing"

func BenchmarkNew(b *testing.B) {
	files := shipped(b)
	for b.Loop() {
		if _, diags := New(files); diags.HasErrors() {
			b.Fatal(diags)
		}
	}
}

func BenchmarkPage(b *testing.B) {
	r := newRenderer(b)
	for _, v := range sampleViews() {
		b.Run(v.Template(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, diags := r.Page(v); diags.HasErrors() {
					b.Fatal(diags)
				}
			}
		})
	}
}
